import type { Clock } from "../clock.js";
import { erasedEvent } from "../erasure.js";
import type { PendingEvent } from "../events/event.js";
import { type Loaded, schemaOf, type TableName, type Tables, tableNames } from "../tables.js";
import type { AttributedMutation, Lookup } from "./mutation.js";
import { type DraftTable, NotLoaded, WorkingTable } from "./working-table.js";

/** One object before and after one mutation; `before` is absent for a new object, `after` for a deleted one. */
export interface Change<N extends TableName = TableName> {
  readonly table: N;
  readonly before: Tables[N] | undefined;
  readonly after: Tables[N] | undefined;
}

/** How a mutation depends on an object that it does not change; see `Draft.guard`. */
export type Guard = "attaches" | "deletes";

/** What a mutation sees and changes. */
export type Draft = { readonly [N in TableName]: DraftTable<Tables[N]> } & {
  /** The time by the clock, the same one for all that this attempt at a commit decides. */
  readonly now: Date;
  /** See `Clock.newId`. */
  readonly newId: Clock["newId"];
  /** Says that all of these will be asked for: they are looked up together, where each `find` would be a query. */
  need(lookups: readonly Lookup[]): void;
  /** Adds an event that tells of something else than a change of an object. */
  tell(event: PendingEvent): void;
  /**
   * Keeps a mutation that attaches something to the object with this id apart from one that deletes the object with all
   * that is attached: of two such commits at the same time one is decided again. Many may attach at the same time.
   */
  guard(id: string, as: Guard): void;
};

/**
 * The objects that the mutations of one commit have looked up, and what these mutations make of them one after another.
 * A later mutation sees what an earlier one did; one that throws leaves no trace.
 */
export class WorkingSet {
  readonly #tables = Object.fromEntries(
    tableNames.map((name) => [name, new WorkingTable(name, schemaOf(name))]),
  ) as Record<TableName, WorkingTable>;
  readonly #changes: Change[] = [];
  readonly #events: PendingEvent[] = [];
  readonly #guards = new Map<string, Guard>();
  #releasesUniqueValue = false;
  /** The events that the running mutation tells, and what it guards. */
  #told: PendingEvent[] = [];
  #claimed: (readonly [string, Guard])[] = [];
  readonly #draft: Draft;

  constructor(clock: Clock) {
    this.#draft = {
      ...this.#tables,
      now: clock.now(),
      newId: clock.newId,
      need: (lookups: readonly Lookup[]) => this.#need(lookups),
      tell: (event: PendingEvent) => void this.#told.push(event),
      guard: (id: string, as: Guard) => void this.#claimed.push([id, as]),
    } as unknown as Draft;
  }

  /** See `Draft.now`. */
  get now(): Date {
    return this.#draft.now;
  }

  /** Takes what was found. */
  add(lookups: readonly Lookup[], loaded: Loaded): void {
    for (const name of tableNames) {
      const own = lookups.filter((lookup) => lookup.table === name);
      if (own.length > 0) this.#tables[name].add(own, loaded[name] ?? []);
    }
  }

  /**
   * Applies one mutation, or leaves everything as it was and throws what the mutation threw, or NotLoaded when it asks for
   * objects that have to be added before.
   */
  attempt<Result>(mutation: AttributedMutation<Result>): Result {
    this.#told = [];
    this.#claimed = [];
    try {
      const result = mutation.apply(this.#draft);
      const { actor, request, stepOf, erases } = mutation;
      const requestId = request?.requestId ?? stepOf;
      const tell = (event: PendingEvent) => {
        const told =
          actor || requestId
            ? { ...event, ...(actor && { actor }), ...(requestId !== undefined && { requestId }) }
            : event;
        this.#events.push(erases ? erasedEvent(told) : told);
      };
      const last: PendingEvent[] = [];
      for (const table of tableNames) {
        for (const [before, after] of this.#tables[table].keep()) {
          this.#changes.push({ table, before, after });
          this.#releasesUniqueValue ||= this.#tables[table].givesUp(before, after);
          const { event, takesOthersAlong } = schemaOf(table);
          const told = event === "told elsewhere" ? undefined : event(before, after);
          if (told && after === undefined && takesOthersAlong) last.push(told);
          else if (told) tell(told);
        }
      }
      for (const event of last) tell(event);
      for (const event of this.#told) tell(event);
      for (const [id, as] of this.#claimed) if (this.#guards.get(id) !== "deletes") this.#guards.set(id, as);
      return result;
    } catch (error) {
      for (const name of tableNames) this.#tables[name].undo();
      throw error;
    }
  }

  /** What a mutation would ask for beyond what is known. Leaves no trace. */
  missing({ apply }: AttributedMutation<unknown>): readonly Lookup[] {
    try {
      apply(this.#draft);
      return [];
    } catch (error) {
      return error instanceof NotLoaded ? error.lookups : [];
    } finally {
      for (const name of tableNames) this.#tables[name].undo();
    }
  }

  /** The events of all changes, in the order they were made: those of the objects that a mutation changed, then what it told. */
  get events(): readonly PendingEvent[] {
    return this.#events;
  }

  /** How many changes were made so far. */
  get changeCount(): number {
    return this.#changes.length;
  }

  /**
   * Whether a mutation has given up a unique value that one before it had taken. Nothing of that would be written, and the
   * database could not refuse it where another has the value.
   */
  get releasesUniqueValue(): boolean {
    return this.#releasesUniqueValue;
  }

  get guards(): ReadonlyMap<string, Guard> {
    return this.#guards;
  }

  /**
   * What has to be written: for each changed object, what it was when loaded and what it is now. Table by table, in
   * the order of the last changes, so that a unique value is given up before it is taken.
   */
  get writes(): Change[] {
    return tableNames.flatMap((table) => {
      const changed = new Set<string>();
      for (const change of this.#changes) {
        if (change.table !== table) continue;
        const id = (change.after ?? change.before)?.id as string;
        changed.delete(id);
        changed.add(id);
      }
      return [...changed]
        .map((id) => {
          const [before, after] = this.#tables[table].net(id);
          return { table, before, after };
        })
        .filter(({ before, after }) => before !== after);
    });
  }

  #need(lookups: readonly Lookup[]): void {
    const missing = lookups.filter((lookup) => !this.#tables[lookup.table].knows(lookup));
    if (missing.length > 0) throw new NotLoaded(missing);
  }
}
