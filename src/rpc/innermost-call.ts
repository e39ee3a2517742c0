import type { ServerHttp2Stream } from "node:http2";
import type { ServerInterceptingCallInterface } from "@grpc/grpc-js";

/** The call below all interceptors, by which grpc-js itself receives and answers. */
export interface InnermostCall {
  readonly stream: ServerHttp2Stream;
  /** Replaced, it is asked for the answers of grpc-js too. */
  sendStatus: ServerInterceptingCallInterface["sendStatus"];
  /**
   * Replaced, it makes what is decoded of a message, in its frame, and of the call's `grpc-encoding`, when the message has
   * come. What it throws is the call's status.
   */
  decompressMessage: (message: Buffer, encoding: string) => unknown;
}

/** Throws when this grpc-js has no such call. */
export const innermostCall = (call: ServerInterceptingCallInterface): InnermostCall => {
  let inner: unknown = call;
  for (;;) {
    const { nextCall, stream } = inner as { nextCall?: unknown; stream?: ServerHttp2Stream };
    if (stream) return inner as InnermostCall;
    if (!nextCall) throw new Error("grpc-js does not give the stream of a call");
    inner = nextCall;
  }
};
