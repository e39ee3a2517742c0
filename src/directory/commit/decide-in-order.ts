import type { Loaded } from "../tables.js";
import type { AttributedMutation, Lookup, Mutation, Outcome } from "./mutation.js";
import type { WorkingSet } from "./working-set.js";
import { NotLoaded } from "./working-table.js";

/**
 * Decides mutations strictly one after another; reads what they look up, as much of it as can be told before together.
 * `onDecided` is called behind each, with its index.
 */
export const decideInOrder = async <Result>(
  mutations: readonly AttributedMutation<Result>[],
  working: WorkingSet,
  read: (lookups: readonly Lookup[]) => Promise<Loaded>,
  onDecided: (index: number) => void = () => {},
): Promise<Outcome<Result>[]> => {
  const add = async (lookups: readonly Lookup[]) => {
    if (lookups.length > 0) working.add(lookups, await read(lookups));
  };
  await add(mutations.flatMap(({ lookups }) => lookups));
  const apply: Mutation<Lookup[]>["apply"] = (draft) => mutations.flatMap((mutation) => mutation.more?.(draft) ?? []);
  await add(working.attempt({ lookups: [], apply }));

  const outcomes: Outcome<Result>[] = [];
  for (const [i, mutation] of mutations.entries()) {
    let outcome = decide(mutation, working);
    // It asks for what an earlier one has made it look up.
    while (!outcome.ok && outcome.error instanceof NotLoaded) {
      await add(outcome.error.lookups);
      outcome = decide(mutation, working);
    }
    outcomes.push(outcome);
    onDecided(i);
  }
  return outcomes;
};

const decide = <Result>(mutation: AttributedMutation<Result>, working: WorkingSet): Outcome<Result> => {
  try {
    return { ok: true, result: working.attempt(mutation) };
  } catch (error) {
    return { ok: false, error };
  }
};
