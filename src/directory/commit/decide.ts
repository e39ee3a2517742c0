import type { Loaded } from "../tables.js";
import type { AttributedMutation, Lookup, Outcome } from "./mutation.js";
import type { WorkingSet } from "./working-set.js";
import { NotLoaded } from "./working-table.js";

/**
 * A mutation must not share the commit of those before it: it changes too much, or gives up a unique value that one of them
 * has taken, which the database could then not refuse. Nothing may be written.
 */
export class NeedsOwnCommit extends Error {
  constructor(
    /** Which one it is. */
    readonly index: number,
  ) {
    super("a mutation needs a commit of its own");
  }
}

/** Most objects that a mutation of a shared commit may change. One that changes more does not share its fate. */
const maxSharedChanges = 1_000;

/** Answers that were given before to the same requests. */
export interface Replays {
  /** The first answer to the request of a mutation, or undefined. Throws REQUEST_ID_REUSED. */
  find(mutation: AttributedMutation<unknown>): { readonly result: unknown } | undefined;
  /** Keeps the first answer. */
  remember(mutation: AttributedMutation<unknown>, result: unknown): void;
}

/** How mutations are decided. */
export interface Deciding {
  /** Reads what is looked up. */
  read(lookups: readonly Lookup[]): Promise<Loaded>;
  /** Absent where no mutation has a request id. */
  readonly replays?: Replays;
  /** Throws NeedsOwnCommit where it applies. */
  readonly isCommitted: boolean;
}

/**
 * Decides mutations one after another: each sees what those before it did, and one that throws leaves no trace. Reads
 * everything that they look up in one step. Where one asks for more than it named, what the mutations after it would ask
 * for as well is read in the same step. Returns an outcome for each mutation.
 */
export const decide = async <Result>(
  mutations: readonly AttributedMutation<Result>[],
  working: WorkingSet,
  { read, replays, isCommitted }: Deciding,
): Promise<Outcome<Result>[]> => {
  const load = async (lookups: readonly Lookup[]) => {
    if (lookups.length > 0) working.add(lookups, await read(lookups));
  };
  await load(mutations.flatMap(({ lookups }) => lookups));
  const outcomes: Outcome<Result>[] = [];
  for (const [i, mutation] of mutations.entries()) {
    const before = working.changeCount;
    let outcome = decideOne(mutation, working, replays);
    while (!outcome.ok && outcome.error instanceof NotLoaded) {
      const further = mutations.slice(i + 1).flatMap((later) => working.missing(later));
      await load([...outcome.error.lookups, ...further]);
      outcome = decideOne(mutation, working, replays);
    }
    const isLarge = mutations.length > 1 && working.changeCount - before > maxSharedChanges;
    if (isCommitted && (isLarge || working.releasesUniqueValue)) throw new NeedsOwnCommit(i);
    outcomes.push(outcome);
  }
  return outcomes;
};

const decideOne = <Result>(
  mutation: AttributedMutation<Result>,
  working: WorkingSet,
  replays: Replays | undefined,
): Outcome<Result> => {
  try {
    const replay = replays?.find(mutation);
    if (replay) return { ok: true, result: replay.result as Result };
    const result = working.attempt(mutation);
    replays?.remember(mutation, result);
    return { ok: true, result };
  } catch (error) {
    return { ok: false, error };
  }
};
