import type { Metadata } from "@grpc/grpc-js";
import { invalidApiKey } from "../../directory/api-keys/errors.js";
import type { KnownKeys } from "../../directory/api-keys/known-keys.js";
import type { CallerSource } from "./caller.js";

/** Callers who send the secret of an API key: `authorization: Bearer sk_...`. */
export const apiKeyCallers = (keys: KnownKeys): CallerSource => ({
  identify(metadata) {
    const secret = secretOf(metadata);
    return secret === undefined ? undefined : keys.verify(secret);
  },
});

const secretOf = (metadata: Metadata): string | undefined => {
  // HTTP/2 in Node.js passes on one at most.
  const [given] = metadata.get("authorization");
  if (given === undefined) return undefined;
  const secret = /^bearer +(\S+)$/i.exec(String(given))?.[1];
  if (secret === undefined) throw invalidApiKey();
  return secret;
};
