/** What clients do, by name: each until its process is ended. */
export const misbehaviours: Readonly<Record<string, (address: string) => unknown>>;
export const kinds: readonly string[];
