import { type Scope, scopes } from "../directory/api-keys/scope.js";
import type { Parser } from "./parsers.js";

/** What clients may do whose certificate has a subject alternative name, like `DNS:billing.internal`. */
export type ClientScopes = ReadonlyMap<string, ReadonlySet<Scope>>;

// None has a wildcard, which would match nothing, nor what is ambiguous where names are listed: commas, quotes, backslashes.
const namePatterns = [
  /^DNS:[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*$/,
  /^URI:[a-zA-Z][a-zA-Z0-9+.-]*:[!#-&(-+\--[\]-~]+$/,
  /^email:[!#-&(-+\--?A-[\]-~]+@[a-zA-Z0-9.-]+$/,
];

/** Entries `NAME=scope,scope`, separated by spaces. */
export const clientScopes: Parser<ClientScopes> = (given) => {
  const entries = new Map<string, ReadonlySet<Scope>>();
  const names = new Set<string>();
  for (const entry of given.split(/\s+/).filter((part) => part !== "")) {
    const [name, granted] = parseEntry(entry);
    if (names.has(canonicalName(name))) throw new Error(`must have one entry for each name, and has two for ${name}`);
    names.add(canonicalName(name));
    entries.set(name, granted);
  }
  if (entries.size === 0) throw new Error("must have at least one entry NAME=scope,scope");
  return entries;
};

/** The same for names that mean the same: the case of DNS names does not matter. */
export const canonicalName = (name: string): string => (name.startsWith("DNS:") ? name.toLowerCase() : name);

const parseEntry = (entry: string): [name: string, granted: ReadonlySet<Scope>] => {
  // A URI may have an equals sign, a scope has none.
  const end = entry.lastIndexOf("=");
  const name = entry.slice(0, Math.max(end, 0));
  if (!namePatterns.some((pattern) => pattern.test(name))) {
    throw new Error(
      "must have entries NAME=scope,scope separated by spaces, where NAME is like DNS:billing.internal, " +
        `URI:spiffe://acme/ops or email:ops@acme.example, without wildcards; it has ${entry}`,
    );
  }
  const granted = new Set<Scope>();
  for (const word of entry.slice(end + 1).split(",")) {
    const scope = scopes.find((scope) => scope === word);
    if (scope === undefined) throw new Error(`must give scopes of ${scopes.join(", ")}; ${name} has "${word}"`);
    granted.add(scope);
  }
  return [name, granted];
};
