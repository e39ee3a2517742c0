/** What clients do, by name: each until its process is ended. */
export const misbehaviours: Readonly<Record<string, (address: string) => unknown>>;
export const kinds: readonly string[];
/** The same of clients that have no key, where callers are asked who they are. */
export const strangers: Readonly<Record<string, (address: string) => unknown>>;
export const strangerKinds: readonly string[];
