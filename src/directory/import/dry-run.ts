import { createHmac, randomBytes } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import type { PasswordCredential, PasswordHasher } from "../../passwords/index.js";
import type { Clock } from "../clock.js";
import { decide } from "../commit/decide.js";
import type { Committer, Lookup, Mutation, Outcome } from "../commit/mutation.js";
import type { ObjectReader } from "../commit/object-reader.js";
import { type Entity, valuesOf } from "../commit/table.js";
import { type Change, WorkingSet } from "../commit/working-set.js";
import { type Loaded, schemaOf, type TableName } from "../tables.js";
import type { RowResult } from "./import-row.js";
import type { RowHasher } from "./row-passwords.js";

/**
 * Decides as a committer does and writes nothing: what mutations change is remembered, and seen by those behind them.
 */
export class DryRun implements Pick<Committer, "runInOrder"> {
  readonly #objects: ObjectReader;
  readonly #clock: Clock;
  /** Packed, by table and id. */
  readonly #changed = new Map<string, Buffer>();
  /** Ids by table, unique key and value. */
  readonly #holders = new Map<string, string>();

  constructor(objects: ObjectReader, clock: Clock) {
    this.#objects = objects;
    this.#clock = clock;
  }

  async runInOrder<Result>(mutations: readonly Mutation<Result>[]): Promise<Outcome<Result>[]> {
    const working = new WorkingSet(this.#clock);
    const outcomes = await decide(mutations, working, {
      read: (lookups) => this.#read(lookups),
      isCommitted: false,
    });
    this.#remember(working.writes);
    return outcomes;
  }

  #remember(changes: readonly Change[]): void {
    // Two steps, because objects may have passed a unique value among themselves.
    for (const { table, before } of changes) {
      for (const place of before ? placesOf(table, before) : []) this.#holders.delete(place);
    }
    for (const { table, after } of changes) {
      // Identities are dropped and never asked for again.
      if (after === undefined) continue;
      for (const place of placesOf(table, after)) this.#holders.set(place, after.id);
      this.#changed.set(`${table} ${after.id}`, serialize(after));
    }
  }

  /** What is looked up, as it would be. */
  async #read(lookups: readonly Lookup[]): Promise<Loaded> {
    const stored = await this.#objects.read(lookups);
    const loaded: Partial<Record<TableName, Map<string, Entity>>> = {};
    const add = (table: TableName, entity: Entity) => (loaded[table] ??= new Map()).set(entity.id, entity);
    for (const [table, entities] of Object.entries(stored) as [TableName, readonly Entity[]][]) {
      for (const entity of entities) if (!this.#changed.has(`${table} ${entity.id}`)) add(table, entity);
    }
    for (const { table, key, value } of lookups) {
      const id = key === "id" ? value : this.#holders.get(`${table} ${key} ${value}`);
      const packed = id === undefined ? undefined : this.#changed.get(`${table} ${id}`);
      if (packed) add(table, deserialize(packed));
    }
    return Object.fromEntries(Object.entries(loaded).map(([table, found]) => [table, [...found.values()]]));
  }

  /** Reads as the mutations do. */
  get reader(): ObjectReader {
    return { read: (lookups) => this.#read(lookups) };
  }
}

/** What an object holds, as `#holders` has it. */
const placesOf = (table: TableName, entity: Entity): string[] =>
  Object.entries(schemaOf(table).unique).flatMap(([key, unique]) =>
    valuesOf(unique, entity).map((value) => `${table} ${key} ${value}`),
  );

/** Takes the ids out that a dry run has made up. */
export const withoutNewIds = (): ((results: readonly RowResult[]) => RowResult[]) => {
  const madeUp = new Set<string>();
  return (results) =>
    results.map((result) => {
      if (result.outcome === "rejected" || result.userId === undefined) return result;
      if (result.idIsNew) madeUp.add(result.userId);
      return madeUp.has(result.userId) ? { ...result, userId: undefined } : result;
    });
};

const mark = "dry run ";

/** Spares the work of hashing: the same password has the same mark, which is forgotten with the run. */
export const dryHasher = (hasher: PasswordHasher): RowHasher => {
  const key = randomBytes(32);
  const markOf = (password: string): string =>
    mark + createHmac("sha256", key).update(password.normalize("NFC")).digest("base64");
  return {
    async hash(password): Promise<PasswordCredential> {
      return { algorithm: "bcrypt", hash: markOf(password), imported: false };
    },
    async matches(credential, password, signal) {
      if (credential.algorithm !== "bcrypt" || !credential.hash.startsWith(mark)) {
        return hasher.matches(credential, password, signal);
      }
      return credential.hash === markOf(password);
    },
  };
};
