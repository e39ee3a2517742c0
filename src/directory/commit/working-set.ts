import type { PendingEvent } from "../events/event.js";
import { type Loaded, type TableName, schemaOf, type Tables, tableNames } from "../tables.js";
import type { Lookup, Mutation } from "./mutation.js";
import type { Entity, TableSchema } from "./table.js";

/** One object before and after one mutation; `before` is absent for a new object, `after` for a deleted one. */
export interface Change<N extends TableName = TableName> {
  readonly table: N;
  readonly before: Tables[N] | undefined;
  readonly after: Tables[N] | undefined;
}

/** The objects of one table as a mutation sees and changes them. */
export interface DraftTable<T extends Entity> {
  /** The object with this value in a key, or undefined. The mutation must have named the lookup. */
  find(key: string, value: string): T | undefined;
  /** Adds the object or replaces the one with its id, and sets its revision. Throws when a unique value is taken. */
  put(entity: T): T;
  /** Removes the object. */
  remove(id: string): void;
}

/** What a mutation sees and changes. */
export type Draft = { readonly [N in TableName]: DraftTable<Tables[N]> } & {
  /** Adds an event that tells of something else than a change of an object. */
  tell(event: PendingEvent): void;
};

/**
 * The objects that the mutations of one commit have looked up, and what these mutations make of them one after another.
 * A later mutation sees what an earlier one did; one that throws leaves no trace.
 */
export class WorkingSet {
  readonly #tables: { readonly [N in TableName]: WorkingTable };
  readonly #changes: Change[] = [];
  readonly #events: PendingEvent[] = [];

  constructor(lookups: readonly Lookup[], loaded: Loaded) {
    this.#tables = Object.fromEntries(
      tableNames.map((name) => {
        const known = lookups.filter((lookup) => lookup.table === name);
        return [name, new WorkingTable(schemaOf(name), known, loaded[name] ?? [])];
      }),
    ) as Record<TableName, WorkingTable>;
  }

  /** Applies one mutation, or leaves everything as it was and throws what the mutation threw. */
  attempt<Result>(mutation: Mutation<Result>): Result {
    const told: PendingEvent[] = [];
    try {
      const tell = (event: PendingEvent) => void told.push(event);
      const result = mutation.apply({ ...this.#tables, tell } as unknown as Draft);
      const changes = tableNames.flatMap((table) =>
        this.#tables[table].keep().map(([before, after]) => ({ table, before, after }) as Change),
      );
      this.#changes.push(...changes);
      const requestId = mutation.request?.requestId;
      for (const event of [...changes.flatMap(toEvent), ...told]) {
        this.#events.push(requestId === undefined ? event : { ...event, requestId });
      }
      return result;
    } catch (error) {
      for (const name of tableNames) this.#tables[name].undo();
      throw error;
    }
  }

  /** The event of every change, in the order they were made: one for each object that a mutation changed. */
  get events(): readonly PendingEvent[] {
    return this.#events;
  }

  /**
   * What has to be written: for each changed object, what it was when loaded and what it is now. In the order of the
   * last changes, so that a unique value is given up before it is taken.
   */
  get writes(): Change[] {
    // Objects of different tables may have the same id.
    const changed = new Map<string, { table: TableName; id: string }>();
    for (const { table, before, after } of this.#changes) {
      const id = (after ?? before)?.id as string;
      changed.delete(`${table} ${id}`);
      changed.set(`${table} ${id}`, { table, id });
    }
    return [...changed.values()]
      .map(({ table, id }) => ({ table, ...this.#tables[table].net(id) }) as Change)
      .filter(({ before, after }) => before !== after);
  }
}

const toEvent = ({ table, before, after }: Change): PendingEvent[] => {
  const { event } = schemaOf(table);
  return event === "told elsewhere" ? [] : [event(before, after)];
};

type Holder = Map<string, string>;

class WorkingTable implements DraftTable<Entity> {
  readonly #schema: TableSchema;
  readonly #loaded = new Map<string, Entity>();
  readonly #current = new Map<string, Entity>();
  /** Per key, the id of the object that holds a value. A value that was looked up and not found holds nothing. */
  readonly #holders = new Map<string, Holder>();
  readonly #lookedUp = new Set<string>();
  /** Per object that the running mutation has changed: what it was before. */
  readonly #touched = new Map<string, Entity | undefined>();

  constructor(schema: TableSchema, lookups: readonly Lookup[], loaded: readonly Entity[]) {
    this.#schema = schema;
    for (const key of Object.keys(schema.unique)) this.#holders.set(key, new Map());
    for (const { key, value } of lookups) this.#lookedUp.add(`${key}=${value}`);
    for (const entity of loaded) {
      this.#loaded.set(entity.id, entity);
      this.#set(entity.id, entity);
    }
  }

  find(key: string, value: string): Entity | undefined {
    if (!this.#lookedUp.has(`${key}=${value}`)) throw new Error(`a mutation did not name its lookup of ${key}`);
    if (key === "id") return this.#current.get(value);
    const id = this.#holders.get(key)?.get(value);
    return id === undefined ? undefined : this.#current.get(id);
  }

  put(entity: Entity): Entity {
    for (const [key, { of, taken }] of Object.entries(this.#schema.unique)) {
      const value = of(entity);
      if (value === undefined) continue;
      const holder = this.#holders.get(key)?.get(value);
      if (holder !== undefined && holder !== entity.id) throw taken(entity);
    }
    const before = this.#touched.has(entity.id) ? this.#touched.get(entity.id) : this.#current.get(entity.id);
    const stored = { ...entity, revision: (before?.revision ?? 0) + 1 };
    this.#touched.set(entity.id, before);
    this.#set(entity.id, stored);
    return stored;
  }

  remove(id: string): void {
    const before = this.#current.get(id);
    if (!this.#touched.has(id)) this.#touched.set(id, before);
    this.#set(id, undefined);
  }

  /** Ends a mutation that succeeded and returns what it changed. */
  keep(): [before: Entity | undefined, after: Entity | undefined][] {
    const changed = [...this.#touched].map(([id, before]) => [before, this.#current.get(id)] as [Entity?, Entity?]);
    this.#touched.clear();
    return changed.filter(([before, after]) => before !== after) as [Entity | undefined, Entity | undefined][];
  }

  /** Ends a mutation that failed. */
  undo(): void {
    // Two steps, because objects may have passed a unique value among themselves.
    for (const id of this.#touched.keys()) this.#set(id, undefined);
    for (const [id, before] of this.#touched) this.#set(id, before);
    this.#touched.clear();
  }

  /** One object as loaded and as it is now. */
  net(id: string): { before: Entity | undefined; after: Entity | undefined } {
    return { before: this.#loaded.get(id), after: this.#current.get(id) };
  }

  #set(id: string, entity: Entity | undefined): void {
    const old = this.#current.get(id);
    for (const [key, { of }] of Object.entries(this.#schema.unique)) {
      const holders = this.#holders.get(key) as Holder;
      const oldValue = old && of(old);
      if (oldValue !== undefined && holders.get(oldValue) === id) holders.delete(oldValue);
      const value = entity && of(entity);
      if (value !== undefined) holders.set(value, id);
    }
    if (entity === undefined) this.#current.delete(id);
    else this.#current.set(id, entity);
  }
}
