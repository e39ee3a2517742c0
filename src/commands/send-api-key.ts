import { InterceptingCall, type Interceptor } from "@grpc/grpc-js";
import { CommandError } from "./command-error.js";

/**
 * Sends the API key in ROSTER_API_KEY, if there is one, with every call of a client. Throws CommandError, where no key looks
 * like it: grpc-js would say so with the key.
 */
export const sendApiKey = (): Interceptor[] => {
  const secret = process.env.ROSTER_API_KEY?.trim();
  if (!secret) return [];
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw new CommandError("ROSTER_API_KEY is no API key: it has spaces, line breaks or characters that no key has");
  }
  const interceptor: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", `Bearer ${secret}`);
        next(metadata, listener);
      },
    });
  return [interceptor];
};
