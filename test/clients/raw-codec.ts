import type { MethodDefinition } from "@grpc/grpc-js";

export const asIs = (bytes: Buffer): Buffer => bytes;

/** For servers and clients that look at no message. */
export const rawCodec: Pick<
  MethodDefinition<Buffer, Buffer>,
  "requestSerialize" | "requestDeserialize" | "responseSerialize" | "responseDeserialize"
> = {
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
};
