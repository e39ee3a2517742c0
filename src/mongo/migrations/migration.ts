import type { ClientSession, Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";

/** Where it is said what migrations do. */
export interface MigrationLog {
  info(line: string): void;
  warn(fields: object, line: string): void;
  error(fields: { err: unknown }, line: string): void;
}

/** A change of what is stored, made once in a database. The rules for authors are in `docs/architecture.md`. */
export interface Migration {
  /** Four digits, which give the order, and a name. Never changes. */
  readonly id: string;
  readonly description: string;
  /** Whether servers that do not know this migration can work with a database in which it has begun. */
  readonly olderServers: "may start" | "must not start";
  /**
   * Does what comes behind `position` (at first: undefined), as much as takes well under a second, and returns how far it
   * got, or undefined at the end. It runs in a transaction that also writes the position: what is written in the session
   * is written once. What is not, an index for example, may be done again. Times and ids are by `clock`.
   */
  step(db: Db, session: ClientSession, position: string | undefined, clock: Clock): Promise<string | undefined>;
  /** Tells what it has left to an operator. Called when it is done, and at each later start of a server. */
  afterwards?(db: Db, log: MigrationLog): Promise<void>;
}
