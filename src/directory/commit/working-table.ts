import type { TableName } from "../tables.js";
import type { Lookup } from "./mutation.js";
import { type Entity, type TableSchema, type UniqueKey, valuesOf } from "./table.js";

/** A mutation asked for objects that were not looked up yet. */
export class NotLoaded extends Error {
  constructor(readonly lookups: readonly Lookup[]) {
    super("a mutation asked for objects that were not looked up");
  }
}

/** The objects of one table as a mutation sees and changes them. What it asks for is looked up. */
export interface DraftTable<T extends Entity> {
  /** The object with this value in a key (`id` or a unique key), or undefined. */
  find(key: string, value: string): T | undefined;
  /** The objects with this value in a group, in the order of their ids. */
  findAll(group: string, value: string): T[];
  /** Adds the object or replaces the one with its id, and sets its revision. Throws when a unique value is taken. */
  put(entity: T): T;
  /**
   * Replaces the object and keeps its revision: for what is no change of the object to callers, because an event of another
   * kind tells of it. The object is one that was found.
   */
  amend(entity: T): T;
  /** Removes the object. */
  remove(id: string): void;
}

/** One object before and after a mutation, or a commit. */
type Pair = [before: Entity | undefined, after: Entity | undefined];

/** The objects of one table that a commit has looked up, and what its mutations made of them so far. */
export class WorkingTable implements DraftTable<Entity> {
  readonly #name: TableName;
  readonly #schema: TableSchema;
  readonly #loaded = new Map<string, Entity>();
  readonly #current = new Map<string, Entity>();
  /** Per unique key and value, the id of the object that has it. A value that was not found has none. */
  readonly #holders = new Map<string, Map<string, string>>();
  readonly #unique: (readonly [UniqueKey<Entity>, Map<string, string>])[] = [];
  readonly #lookedUp = new Set<string>();
  /** Per object that the running mutation has changed: what it was before. */
  readonly #touched = new Map<string, Entity | undefined>();

  constructor(name: TableName, schema: TableSchema) {
    this.#name = name;
    this.#schema = schema;
    for (const [key, unique] of Object.entries(schema.unique)) {
      const holders = new Map<string, string>();
      this.#holders.set(key, holders);
      this.#unique.push([unique, holders]);
    }
  }

  /** Takes what the lookups found. An object that is known already stays as the mutations have left it. */
  add(lookups: readonly Lookup[], found: readonly Entity[]): void {
    for (const { key, value } of lookups) this.#lookedUp.add(`${key}=${value}`);
    for (const entity of found) {
      if (this.#loaded.has(entity.id)) continue;
      this.#loaded.set(entity.id, entity);
      this.#set(entity.id, entity);
    }
  }

  /** Whether what a lookup asks for is known. */
  knows({ key, value }: Pick<Lookup, "key" | "value">): boolean {
    return this.#lookedUp.has(`${key}=${value}`) || this.#holder(key, value) !== undefined;
  }

  find(key: string, value: string): Entity | undefined {
    this.#require(key, value);
    const id = this.#holder(key, value);
    return id === undefined ? undefined : this.#current.get(id);
  }

  findAll(group: string, value: string): Entity[] {
    this.#require(group, value);
    const of = this.#schema.groups[group];
    if (of === undefined) throw new Error(`${this.#name} has no group ${group}`);
    return [...this.#current.values()]
      .filter((entity) => of(entity) === value)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  put(entity: Entity): Entity {
    const before = this.#touched.has(entity.id) ? this.#touched.get(entity.id) : this.#current.get(entity.id);
    return this.#replace({ ...entity, revision: (before?.revision ?? 0) + 1 });
  }

  amend(entity: Entity): Entity {
    return this.#replace({ ...entity, revision: this.#current.get(entity.id)?.revision ?? 1 });
  }

  #replace(entity: Entity): Entity {
    for (const [unique, holders] of this.#unique) {
      for (const value of valuesOf(unique, entity)) {
        const holder = holders.get(value);
        if (holder !== undefined && holder !== entity.id) throw unique.taken(entity, value);
      }
    }
    if (!this.#touched.has(entity.id)) this.#touched.set(entity.id, this.#current.get(entity.id));
    this.#set(entity.id, entity);
    return entity;
  }

  remove(id: string): void {
    const before = this.#current.get(id);
    if (!this.#touched.has(id)) this.#touched.set(id, before);
    this.#set(id, undefined);
  }

  /** Ends a mutation that succeeded and returns what it changed. */
  keep(): Pair[] {
    if (this.#touched.size === 0) return [];
    const changed = [...this.#touched].map(([id, before]): Pair => [before, this.#current.get(id)]);
    this.#touched.clear();
    return changed.filter(([before, after]) => before !== after);
  }

  /** Ends a mutation that failed. */
  undo(): void {
    // Two steps, because objects may have passed a unique value among themselves.
    for (const id of this.#touched.keys()) this.#set(id, undefined);
    for (const [id, before] of this.#touched) this.#set(id, before);
    this.#touched.clear();
  }

  /** Whether a change gives up a unique value that the object did not have when it was loaded. */
  givesUp(before: Entity | undefined, after: Entity | undefined): boolean {
    const loaded = before && this.#loaded.get(before.id);
    if (before === undefined || before === loaded) return false;
    return this.#unique.some(([unique]) => {
      const kept = [after, loaded].flatMap((entity) => (entity ? valuesOf(unique, entity) : []));
      return valuesOf(unique, before).some((value) => !kept.includes(value));
    });
  }

  /** One object as loaded and as it is now. */
  net(id: string): Pair {
    return [this.#loaded.get(id), this.#current.get(id)];
  }

  #require(key: string, value: string): void {
    if (!this.knows({ key, value })) throw new NotLoaded([{ table: this.#name, key, value }]);
  }

  #holder(key: string, value: string): string | undefined {
    if (key === "id") return this.#current.has(value) ? value : undefined;
    return this.#holders.get(key)?.get(value);
  }

  #set(id: string, entity: Entity | undefined): void {
    const old = this.#current.get(id);
    for (const [unique, holders] of this.#unique) {
      if (old) for (const value of valuesOf(unique, old)) if (holders.get(value) === id) holders.delete(value);
      if (entity) for (const value of valuesOf(unique, entity)) holders.set(value, id);
    }
    if (entity === undefined) this.#current.delete(id);
    else this.#current.set(id, entity);
  }
}
