import type { Actor, CallContext } from "../call-context.js";
import type { TableName } from "../tables.js";
import type { Draft } from "./working-set.js";

/** Objects that a mutation reads: those of a table with this value in a key (`id`, a unique key or a group). */
export interface Lookup {
  readonly table: TableName;
  readonly key: string;
  readonly value: string;
  /**
   * Nothing is expected to be found. The value may then be taken for free without looking, because the database would
   * refuse to store it twice; the mutation is decided again, with a look, when that happens.
   */
  readonly expectedAbsent?: true;
}

/** What makes a repeated request recognizable. */
export interface RequestKey {
  readonly requestId: string;
  /** Equal for equal requests, and (for all practical purposes) only for those that differ in `secret` alone. */
  readonly fingerprint: string;
  /** What else makes requests equal, and must be remembered as a keyed digest only. Absent where there is nothing. */
  readonly secret?: string;
}

/**
 * One change of the directory, as a decision about objects that were read.
 *
 * Concurrent mutations share a commit, and a commit that meets another one is decided again from fresh objects: `apply`
 * may run any number of times, and must depend on nothing but the draft and what the mutation holds.
 */
export interface Mutation<Result> {
  /** What `apply` asks for. It may ask for more (`Draft.need`), which then costs a query. */
  readonly lookups: readonly Lookup[];
  /** Absent when the caller did not ask for protection against repetition. */
  readonly request?: RequestKey;
  /** The id of the request that this is a part of, and does not answer: its events have it. */
  readonly stepOf?: string;
  /** Its events are about a user who is erased, and hold no more than `erasedEvent` leaves. */
  readonly erases?: boolean;
  /** Decides. Throws a RosterError to refuse; nothing of this mutation is written then. */
  apply(draft: Draft): Result;
}

/** A mutation, and who asked for it. */
export interface AttributedMutation<Result> extends Mutation<Result> {
  readonly actor?: Actor | undefined;
}

/** What became of one mutation. */
export type Outcome<Result = unknown> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: unknown };

/** Runs mutations. Each is written whole or not at all, whatever becomes of its neighbours. */
export interface Committer {
  /**
   * Resolves when a majority of the database's members has the change. Rejects with what `apply` threw, with CONFLICT,
   * OVERLOADED or DATABASE_UNAVAILABLE, or with the signal's reason when that comes first; a commit that is under way
   * then may still happen.
   */
  run<Result>(mutation: Mutation<Result>, call: CallContext): Promise<Result>;
  /** The answer that the request of a mutation was given before; undefined for the first one. Throws REQUEST_ID_REUSED. */
  findReplay<Result>(mutation: Mutation<Result>, call: CallContext): Promise<{ readonly result: Result } | undefined>;
  /**
   * Runs mutations, none of which has a request id, one after another: each sees what those before it did. They share a
   * commit, or several when other servers come in between, or one gives up a unique value that another has taken. Two
   * runs that are started one after another and look up the same value also take effect in this order. Resolves with what
   * became of each, once a majority of the database's members has all of it. Rejects with DATABASE_UNAVAILABLE or the
   * signal's reason; the first ones then may be written.
   */
  runInOrder<Result>(mutations: readonly Mutation<Result>[], call: CallContext): Promise<Outcome<Result>[]>;
}
