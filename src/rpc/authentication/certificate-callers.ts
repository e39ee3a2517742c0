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
  const callerOf = (subjectaltname: string): Caller | undefined => {
    const names = new Set(alternativeNames(subjectaltname).map(canonicalName));
    return callers.find(([name]) => names.has(name))?.[1];
  };
  const remembered = new Map<string, Caller | undefined>();
  return {
    identify(_metadata, certificateNames) {
      const names = certificateNames();
      if (names === undefined) return undefined;
      if (!remembered.has(names)) {
        if (remembered.size >= maxRemembered) remembered.clear();
        remembered.set(names, callerOf(names));
      }
      return remembered.get(names);
    },
  };
};
