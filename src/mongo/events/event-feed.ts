import { setTimeout as sleep } from "node:timers/promises";
import type { AbstractCursor, Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { outboxCollection } from "../commit/outbox.js";
import type { SessionPool } from "../commit/session-pool.js";
import type { ClockedDb } from "../database-clock.js";
import type { Peers } from "../peers.js";
import { logCollection } from "./log-entries.js";
import { MongoEventLog } from "./mongo-event-log.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Sequencer } from "./sequencer.js";
import { trimLog } from "./trim.js";

/** What runs even when nobody says that something has happened: a sign may be lost, the work must not be. */
const roundMs = 1_000;
/** Least time between two looks at the outbox that find many events, or at the change stream: each look finds more. */
const paceMs = 20;
const fewEvents = 8;
const retryMs = 100;
const trimEveryMs = 60_000;

/** A document that was added to the outbox or to the log. */
interface Insert {
  readonly ns: { readonly coll: string };
  readonly documentKey: { readonly _id: unknown };
}

/**
 * Keeps events moving from the outbox into the log and to its readers. The server that has been there longest does the
 * appending; a change stream tells every server when there is something to do.
 */
export class EventFeed {
  readonly log: MongoEventLog;
  readonly #db: Db;
  readonly #clock: Pick<Clock, "now">;
  readonly #peers: Peers;
  readonly #retentionMs: number;
  readonly #sequencer: Sequencer;
  #changes: AbstractCursor<Insert> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** By `performance.now()`. */
  #trimAt = 0;
  readonly #drain = oneAtATime(() => this.#drainOutbox());
  #stopped = false;

  constructor({ db, clock }: ClockedDb, peers: Peers, sessions: SessionPool, retentionMs: number) {
    this.#db = db;
    this.#clock = clock;
    this.#peers = peers;
    this.#retentionMs = retentionMs;
    this.#sequencer = new Sequencer(db, sessions, clock);
    this.log = new MongoEventLog(db);
  }

  async start(): Promise<void> {
    await this.log.open();
    void this.#follow();
    this.#round();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#changes?.close().catch(() => {});
    // Waits for a run that is under way; another one does nothing now.
    await this.#drain();
  }

  /** There is something in the outbox. */
  wake(): void {
    if (this.#peers.isFirst) void this.#drain();
  }

  async #drainOutbox(): Promise<void> {
    if (this.#stopped) return;
    try {
      const count = await this.#sequencer.drain((entry) => void this.log.appended(entry).catch(() => {}));
      if (count > fewEvents) await sleep(paceMs);
    } catch {
      // The database is away, or a collection is too new to be read as of a moment.
      await sleep(retryMs);
      void this.#drain();
    }
  }

  #refresh(): void {
    this.log.refresh().catch(() => {});
  }

  #round(): void {
    if (this.#stopped) return;
    this.wake();
    this.#refresh();
    if (this.#peers.isFirst) void this.#trim();
    this.#timer = setTimeout(() => this.#round(), roundMs);
  }

  /** Some time after the last one was over: a long one may take longer than that. */
  async #trim(): Promise<void> {
    if (performance.now() < this.#trimAt) return;
    this.#trimAt = Number.POSITIVE_INFINITY;
    const keptSince = new Date(this.#clock.now().getTime() - this.#retentionMs);
    await trimLog(this.#db, keptSince).catch(() => {});
    this.#trimAt = performance.now() + trimEveryMs;
  }

  async #follow(): Promise<void> {
    const inserts = { operationType: "insert", "ns.coll": { $in: [outboxCollection, logCollection] } };
    const wanted = { _id: 1, "ns.coll": 1, "documentKey._id": 1 };
    while (!this.#stopped) {
      // The plain cursor of a change stream: nothing is lost by starting a new one, and it gives all that has come at once.
      const changes = this.#db.aggregate<Insert>([{ $changeStream: {} }, { $match: inserts }, { $project: wanted }]);
      this.#changes = changes;
      try {
        for (let change = await changes.next(); change; change = await changes.next()) {
          for (const insert of [change, ...changes.readBufferedDocuments()]) this.#notice(insert);
          await sleep(paceMs);
        }
      } catch {
        // The rounds do without it until the next one is open.
        await changes.close().catch(() => {});
        await sleep(retryMs);
      }
    }
  }

  #notice({ ns, documentKey }: Insert): void {
    if (ns.coll === outboxCollection) this.wake();
    else if (!this.log.has(documentKey._id as number)) this.#refresh();
  }
}
