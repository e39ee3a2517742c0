import { InterceptingCall, type Interceptor } from "@grpc/grpc-js";

/** Sends the API key in ROSTER_API_KEY, if there is one, with every call of a client. */
export const sendApiKey = (): Interceptor[] => {
  const secret = process.env.ROSTER_API_KEY?.trim();
  if (!secret) return [];
  const interceptor: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", `Bearer ${secret}`);
        next(metadata, listener);
      },
    });
  return [interceptor];
};
