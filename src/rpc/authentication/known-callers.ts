import type { Metadata } from "@grpc/grpc-js";
import type { Caller } from "./caller.js";

const callers = new WeakMap<Metadata, Caller>();

/** Notes who makes the call with this metadata, for what handles the call later. */
export const noteCaller = (metadata: Metadata, caller: Caller): void => {
  callers.set(metadata, caller);
};

/** Who makes the call with this metadata; undefined where callers are not asked, or are not known. */
export const callerOf = (metadata: Metadata): Caller | undefined => callers.get(metadata);
