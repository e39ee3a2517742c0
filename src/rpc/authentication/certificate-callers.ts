import { canonicalName, type ClientScopes } from "../../config/client-scopes.js";
import { alternativeNames } from "./alternative-names.js";
import type { Caller, CallerSource } from "./caller.js";

const maxRemembered = 1_000;

/**
 * Callers known by their client certificate: by the first of the configured names that is among its subject alternative
 * names. Its common name says nothing. A certificate that leads to no trusted root never gets this far.
 */
export const certificateCallers = (scopes: ClientScopes): CallerSource => {
  const callers = Array.from(scopes, ([name, granted]): [string, Caller] => [
    canonicalName(name),
    { actor: { id: name, name }, scopes: granted },
  ]);
  const callerOf = (subjectaltname: string | undefined): Caller | undefined => {
    const names = new Set(alternativeNames(subjectaltname).map(canonicalName));
    return callers.find(([name]) => names.has(name))?.[1];
  };
  // By the fingerprint: grpc-js makes another object of the certificate for every call.
  const remembered = new Map<string, Caller | undefined>();
  return {
    identify(_metadata, authContext) {
      const certificate = authContext().sslPeerCertificate;
      if (certificate === undefined) return undefined;
      const { fingerprint256, subjectaltname } = certificate;
      if (!remembered.has(fingerprint256)) {
        if (remembered.size >= maxRemembered) remembered.clear();
        remembered.set(fingerprint256, callerOf(subjectaltname));
      }
      return remembered.get(fingerprint256);
    },
  };
};
