import type { CallContext } from "../../src/directory/call-context.js";
import { decide, type Replays } from "../../src/directory/commit/decide.js";
import type { AttributedMutation, Committer, Lookup, Mutation, Outcome } from "../../src/directory/commit/mutation.js";
import { type Entity, valuesOf } from "../../src/directory/commit/table.js";
import { WorkingSet } from "../../src/directory/commit/working-set.js";
import type { PendingEvent } from "../../src/directory/events/event.js";
import { requestIdReused } from "../../src/directory/error.js";
import { type Loaded, schemaOf, type TableName, type Tables, tableNames } from "../../src/directory/tables.js";
import { clock } from "./clock.js";

/** Commits to memory, by the rules of the domain and without a database: one mutation or run after another. */
export class InMemoryCommitter implements Committer {
  /** Every event so far, in order. */
  readonly events: PendingEvent[] = [];
  readonly #objects = new Map(tableNames.map((name) => [name, new Map<string, Entity>()]));
  readonly #answers = new Map<string, { readonly fingerprint: string; readonly result: unknown }>();

  /** All objects of a kind, by their ids. */
  all<N extends TableName>(table: N): Tables[N][] {
    return [...this.#of(table).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as Tables[N][];
  }

  async run<Result>(mutation: Mutation<Result>, { actor }: CallContext): Promise<Result> {
    const [outcome] = await this.#commit([actor ? { ...mutation, actor } : mutation]);
    if (outcome?.ok) return outcome.result;
    throw outcome?.error;
  }

  async findReplay<Result>(
    mutation: Mutation<Result>,
    { actor }: CallContext,
  ): Promise<{ result: Result } | undefined> {
    return this.#replays.find(actor ? { ...mutation, actor } : mutation) as { result: Result } | undefined;
  }

  async runInOrder<Result>(mutations: readonly Mutation<Result>[], { actor }: CallContext): Promise<Outcome<Result>[]> {
    return this.#commit(actor ? mutations.map((mutation) => ({ ...mutation, actor })) : mutations);
  }

  async #commit<Result>(mutations: readonly AttributedMutation<Result>[]): Promise<Outcome<Result>[]> {
    const working = new WorkingSet(clock);
    const read = async (lookups: readonly Lookup[]) => this.#read(lookups);
    const outcomes = await decide(mutations, working, { read, replays: this.#replays, isCommitted: false });
    for (const { table, before, after } of working.writes) {
      if (after) this.#of(table).set(after.id, after);
      else if (before) this.#of(table).delete(before.id);
    }
    this.events.push(...working.events);
    return outcomes;
  }

  #of(table: TableName): Map<string, Entity> {
    return this.#objects.get(table) as Map<string, Entity>;
  }

  #read(lookups: readonly Lookup[]): Loaded {
    const found: Partial<Record<TableName, Set<Entity>>> = {};
    for (const { table, key, value } of lookups) {
      const { unique, groups } = schemaOf(table);
      const has = (entity: Entity) =>
        (key === "id" && entity.id === value) ||
        groups[key]?.(entity) === value ||
        (unique[key] !== undefined && valuesOf(unique[key], entity).includes(value));
      const matching = [...this.#of(table).values()].filter(has);
      found[table] = new Set([...(found[table] ?? []), ...matching]);
    }
    return Object.fromEntries(Object.entries(found).map(([table, entities]) => [table, [...entities]]));
  }

  readonly #replays: Replays = {
    find: ({ request, actor }) => {
      const answer = request && this.#answers.get(`${actor?.id} ${request.requestId}`);
      if (answer && answer.fingerprint !== request.fingerprint) throw requestIdReused(request.requestId);
      return answer;
    },
    remember: ({ request, actor }, result) => {
      if (request) this.#answers.set(`${actor?.id} ${request.requestId}`, { ...request, result });
    },
  };
}
