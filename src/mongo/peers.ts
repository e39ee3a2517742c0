import { EventEmitter } from "node:events";
import type { ClientSession, Db, UUID, W } from "mongodb";
import { ulid } from "ulid";
import type { ClockedDb, Reading } from "./database-clock.js";
import { unauthorized } from "./error.js";
import type { WorkAccount } from "./steady-work.js";

/** How long a server may be silent before the others act as if it were dead. */
const silenceMs = 2_500;
const beatMs = 1_000;

/** Where servers leave their heartbeats. */
export const serversCollection = "servers";

const silent = { $lt: ["$heartbeatAt", { $subtract: ["$$NOW", silenceMs] }] };

/** What one beat finds of a server. */
interface FoundServer extends Pick<ServerDocument, "_id" | "heartbeatAt" | "sessions"> {
  readonly silent: boolean;
  /** The database's time. */
  readonly now: Date;
}

/** Does something again and again, for as long as the server runs. Returns what ends that. */
export type Repeat = (work: (signal?: AbortSignal) => Promise<Reading>) => () => void;

/** A heartbeat that was found, and when for the first time, by `performance.now()`. */
interface Beat {
  readonly heartbeatAt: Date;
  readonly since: number;
}

/** A server that runs on this database. */
interface ServerDocument {
  /** A ULID by the database's clock: the server that has been there longest comes first. */
  _id: string;
  /** By the database's clock. */
  heartbeatAt: Date;
  /** Sessions that the server runs transactions in. */
  sessions: UUID[];
  /** The newest migration that the server knows. Absent for versions that know none. */
  migration?: string;
}

/**
 * The servers that run on this database, as far as they have to know of each other. Nothing is right or wrong by it: a
 * server that is taken for dead and is not finds its transaction ended, or its entry of the log already written, and
 * tries again.
 *
 * One beat a second is two commands: this server says that it is there, and sees who else is. It tells the database's time,
 * and shows that the database answers. Emits `first` when this server becomes the one that has been there longest.
 */
export class Peers extends EventEmitter<{ first: [] }> {
  readonly #db: Db;
  readonly #migration: string;
  readonly #id: string;
  readonly #sessions = new Map<string, UUID>();
  /** The last one of each server. */
  #beats: ReadonlyMap<string, Beat> = new Map();
  /** Undefined: nobody knows who is. */
  #first: boolean | undefined;
  readonly #beating: WorkAccount | undefined;
  readonly #repeat: Repeat;
  #stopBeating: (() => void) | undefined;
  #stopped = false;

  /**
   * `migration`: the newest one that this server knows. `beating` keeps the account of heartbeats, `repeat` makes them each
   * second.
   */
  constructor({ db, clock }: ClockedDb, migration: string, beating?: WorkAccount, repeat: Repeat = eachSecond) {
    super();
    this.#beating = beating;
    this.#repeat = repeat;
    this.#db = db;
    this.#id = ulid(clock.now().getTime());
    this.#migration = migration;
  }

  /** Whether this server is the one that has been there longest, of those that are alive. */
  get isFirst(): boolean {
    return this.#first === true;
  }

  /** Whether another server is. Both are false while the database does not tell. */
  get isAnotherFirst(): boolean {
    return this.#first === false;
  }

  /** Makes the server known: to a majority, so that no migration which it does not know begins unseen. */
  async start(): Promise<void> {
    await this.#beat("majority");
    this.#stopBeating = this.#repeat((signal) => this.#beatAndTell(signal));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopBeating?.();
    await this.#servers.deleteOne({ _id: this.#id }).catch(() => {});
  }

  /**
   * Announces a session before its first transaction. When this server dies in the middle of one, another server ends
   * it: the database itself would keep the documents locked for a minute.
   */
  async announce(session: ClientSession): Promise<void> {
    const id = idOf(session);
    this.#sessions.set(id.toString("hex"), id);
    await this.#beat();
  }

  /** Whether every server that is alive knows a migration. */
  async know(migration: string): Promise<boolean> {
    const older = { $not: [{ $gte: ["$migration", migration] }] };
    const filter = { $expr: { $and: [{ $not: [silent] }, older] } };
    // Local: a heartbeat counts before a majority has it.
    return (await this.#servers.findOne(filter, { readConcern: { level: "local" } })) === null;
  }

  withdraw(session: ClientSession): void {
    this.#sessions.delete(idOf(session).toString("hex"));
  }

  /** Ends a session of this server at the database, and the transaction that may be open in it. */
  async end(session: ClientSession): Promise<void> {
    await this.#end([idOf(session)]);
  }

  get #servers() {
    return this.#db.collection<ServerDocument>(serversCollection);
  }

  async #beatAndTell(signal?: AbortSignal): Promise<Reading> {
    try {
      const reading = await this.#beat(1, signal);
      this.#beating?.succeeded();
      return reading;
    } catch (error) {
      // The database is away: nobody can be first.
      this.#first = undefined;
      if (!this.#stopped) this.#beating?.failed(error);
      throw error;
    }
  }

  async #beat(w: W = 1, signal?: AbortSignal): Promise<Reading> {
    const ended = signal && { signal };
    const sessions = { $literal: [...this.#sessions.values()] };
    const own = [{ $set: { heartbeatAt: "$$NOW", sessions, migration: this.#migration } }];
    const updates = [{ q: { _id: this.#id }, u: own, upsert: true }];
    await this.#db.command({ update: serversCollection, updates, writeConcern: { w } }, ended);
    const projection = { heartbeatAt: 1, sessions: 1, silent, now: "$$NOW" };
    const sentAt = performance.now();
    const found = await this.#servers.find<FoundServer>({}, { sort: { _id: 1 }, projection, ...ended }).toArray();
    const receivedAt = performance.now();
    const dead = this.#deadOf(found);
    const wasFirst = this.isFirst;
    this.#first = found.find((server) => !dead.includes(server))?._id === this.#id;
    if (this.isFirst && !wasFirst) this.emit("first");
    for (const server of dead) if (server._id !== this.#id) await this.#bury(server);
    const [{ now } = { now: new Date() }] = found;
    return { time: now, sentAt, receivedAt };
  }

  /**
   * The servers that are silent: by the database's clock, or because nothing new was found of them here for as long. After
   * a step back of that clock the heartbeats from before it are in the future, and say nothing of who is alive.
   */
  #deadOf(found: readonly FoundServer[]): readonly FoundServer[] {
    const now = performance.now();
    const beats = new Map<string, Beat>();
    for (const { _id, heartbeatAt } of found) {
      const before = this.#beats.get(_id);
      const isSame = before?.heartbeatAt.getTime() === heartbeatAt.getTime();
      beats.set(_id, isSame ? before : { heartbeatAt, since: now });
    }
    this.#beats = beats;
    // A server that is slow itself may look silent.
    return found.filter(({ _id, silent }) => silent || now - (beats.get(_id) as Beat).since > silenceMs);
  }

  async #end(sessions: readonly UUID[]): Promise<void> {
    try {
      await this.#db.admin().command({ killSessions: sessions.map((id) => ({ id })) });
    } catch (error) {
      // Where the database's user may not do this, its own limit on transactions ends them.
      if ((error as { code?: unknown }).code !== unauthorized) throw error;
    }
  }

  async #bury({ _id, heartbeatAt, sessions }: FoundServer): Promise<void> {
    if (sessions.length > 0) await this.#end(sessions);
    await this.#servers.deleteOne({ _id, heartbeatAt });
  }
}

const idOf = (session: ClientSession): UUID => (session.id as { id: UUID }).id;

const eachSecond: Repeat = (work) => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const later = () => {
    timer = setTimeout(() => void work().then(next, next), beatMs);
  };
  const next = () => {
    if (!stopped) later();
  };
  later();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
