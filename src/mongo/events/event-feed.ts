import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { AbstractCursor, Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { outsideSpans } from "../../traces/spans.js";
import type { EventSink } from "../commit/committer.js";
import { outboxCollection } from "../commit/outbox.js";
import type { SessionPool } from "../commit/session-pool.js";
import type { Committed } from "../commit/transaction.js";
import type { ClockedDb } from "../database-clock.js";
import type { Peers } from "../peers.js";
import type { SteadyWorks, WorkAccount } from "../steady-work.js";
import { erasuresCollection } from "./erase.js";
import { Erasing } from "./erasing.js";
import { oldestWaiting } from "./event-lag.js";
import { logCollection } from "./log-entries.js";
import { MongoEventLog } from "./mongo-event-log.js";
import { oneAtATime } from "./one-at-a-time.js";
import { Sequencer } from "./sequencer.js";
import { trimLog } from "./trim.js";

/** What runs even when nobody says that something has happened: a sign may be lost, the work must not be. */
const roundMs = 5_000;
/** The same while the change stream, which says it, has failed. */
const deafRoundMs = 1_000;
/** For how long the database may hold back the answer that nothing has changed. */
const awaitMs = 10_000;
/** Least time between two looks at the outbox that find many events, or at the change stream: each look finds more. */
const paceMs = 20;
const fewEvents = 8;
const trimEveryMs = 60_000;
/** Between two looks at whether events stand still. */
const lookEveryMs = 5_000;
/** How long events may stand still until the feed is not healthy. */
const patienceMs = 30_000;

/** How long nothing is appended directly after it has failed, as when another server has appended as well. */
const yieldMs = 1_000;

/** A document that was added to the outbox, the log or what is to be erased; or one of the log that was changed. */
interface Change {
  readonly operationType: "insert" | "update";
  readonly ns: { readonly coll: string };
  readonly documentKey: { readonly _id: unknown };
}

/** What a feed works with. */
export interface FeedParts {
  readonly database: ClockedDb;
  readonly peers: Peers;
  readonly sessions: SessionPool;
  readonly works: SteadyWorks;
  readonly retentionMs: number;
}

/**
 * Keeps events moving from the outbox into the log and to its readers. The server that has been there longest does the
 * appending; a change stream tells every server when there is something to do. A change that this server makes alone appends
 * its events itself. Also sees to it that what is to be erased is erased: see `Erasing`.
 *
 * A feed is not healthy when for 30 seconds it could not append, as the one that has to, or could not read the log, or has
 * seen the same event wait in the outbox: so every server knows that events stand still, whichever should move them.
 */
export class EventFeed extends EventEmitter<{ health: [healthy: boolean] }> implements EventSink {
  readonly log: MongoEventLog;
  readonly #db: Db;
  readonly #clock: Pick<Clock, "now">;
  readonly #peers: Peers;
  readonly #retentionMs: number;
  readonly #sequencer: Sequencer;
  readonly #numbering: WorkAccount;
  readonly #reading: WorkAccount;
  readonly #dropping: WorkAccount;
  readonly #hearing: WorkAccount;
  readonly #erasing: Erasing;
  readonly #stop = new AbortController();
  #changes: AbstractCursor<Change> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** By `performance.now()`. */
  #trimAt = 0;
  #lookAt = 0;
  /** What has waited longest for its place, and since when it has been seen to. */
  #oldest: { readonly source: string; readonly since: number } | undefined;
  #healthy = true;
  readonly #drain = oneAtATime(() => this.#drainOutbox());
  readonly #wakeAsFirst = () => this.wake();
  #isDraining = false;
  /** The commit that appends its own events. */
  #appending: Promise<unknown> | undefined;
  #appendsAgainAt = 0;

  constructor({ database: { db, clock }, peers, sessions, works, retentionMs }: FeedParts) {
    super();
    this.#db = db;
    this.#clock = clock;
    this.#peers = peers;
    this.#retentionMs = retentionMs;
    this.#numbering = works.account("event_numbering");
    this.#reading = works.account("event_reading");
    this.#dropping = works.account("event_dropping");
    this.#hearing = works.account("change_stream");
    this.#sequencer = new Sequencer(db, sessions, clock);
    this.log = new MongoEventLog(db);
    const { signal } = this.#stop;
    this.#erasing = new Erasing({ database: { db, clock }, log: this.log, account: works.account("erasing"), signal });
  }

  /** What "health" told last: true in the beginning. */
  get healthy(): boolean {
    return this.#healthy;
  }

  async start(): Promise<void> {
    await this.log.open();
    // What the one before has left waits in the outbox.
    this.#peers.on("first", this.#wakeAsFirst);
    void this.#follow();
    this.#round();
    this.#erasing.start();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#peers.off("first", this.#wakeAsFirst);
    clearTimeout(this.#timer);
    await this.#changes?.close().catch(() => {});
    // Waits for a run that is under way; another one does nothing now.
    await Promise.all([this.#drain(), this.#erasing.stop()]);
  }

  /** See `EventSink`. */
  async commit(isAlone: boolean, make: (mayAppend: boolean) => Promise<Committed>): Promise<Committed> {
    const mayAppend = isAlone && this.#peers.isFirst && !this.#isDraining && performance.now() >= this.#appendsAgainAt;
    if (!mayAppend) {
      const committed = await make(false);
      outsideSpans(() => this.wake());
      return committed;
    }
    const appending = make(true);
    this.#appending = appending.catch(() => {});
    try {
      const committed = await appending;
      if (committed.entries.length === 0) outsideSpans(() => this.wake());
      else for (const entry of committed.entries) void this.log.appended(entry).catch(() => {});
      return committed;
    } catch (error) {
      // Whatever it was: the next try must not meet it again.
      this.#appendsAgainAt = performance.now() + yieldMs;
      throw error;
    } finally {
      this.#appending = undefined;
    }
  }

  /** There is something in the outbox. */
  wake(): void {
    if (this.#peers.isFirst) void this.#drain();
  }

  async #drainOutbox(): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    await this.#appending;
    this.#isDraining = true;
    try {
      const count = await this.#sequencer.drain((entry) => void this.log.appended(entry).catch(() => {}));
      this.#numbering.succeeded();
      if (count > fewEvents) await sleep(paceMs);
    } catch (error) {
      this.#numbering.failed(error);
      await this.#numbering.pause(signal);
      this.wake();
    } finally {
      this.#isDraining = false;
    }
  }

  async #refresh(): Promise<void> {
    try {
      await this.log.refresh();
      this.#reading.succeeded();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#reading.failed(error);
    }
  }

  #round(): void {
    if (this.#stop.signal.aborted) return;
    this.wake();
    if (this.#peers.isAnotherFirst) this.#numbering.succeeded();
    void this.#refresh();
    if (this.#peers.isFirst) void this.#trim();
    void this.#lookForOldest();
    this.#judge();
    this.#timer = setTimeout(() => this.#round(), this.#hearing.failingMs > 0 ? deafRoundMs : roundMs);
  }

  /** A sign may be lost while there is no change stream. */
  #roundSoon(): void {
    clearTimeout(this.#timer);
    if (!this.#stop.signal.aborted) this.#timer = setTimeout(() => this.#round(), deafRoundMs);
  }

  #judge(): void {
    const stillMs = this.#oldest ? performance.now() - this.#oldest.since : 0;
    const healthy = Math.max(stillMs, this.#numbering.failingMs, this.#reading.failingMs) < patienceMs;
    if (healthy === this.#healthy) return;
    this.#healthy = healthy;
    this.emit("health", healthy);
  }

  async #lookForOldest(): Promise<void> {
    if (performance.now() < this.#lookAt) return;
    this.#lookAt = Number.POSITIVE_INFINITY;
    try {
      const source = (await oldestWaiting(this.#db))?._id.toHexString();
      if (source === undefined) this.#oldest = undefined;
      else if (source !== this.#oldest?.source) this.#oldest = { source, since: performance.now() };
    } catch {
      // Nobody knows, and what was known holds. That the log cannot be read either is told by others.
    }
    this.#lookAt = performance.now() + lookEveryMs;
  }

  /** Some time after the last one was over: a long one may take longer than that. */
  async #trim(): Promise<void> {
    if (performance.now() < this.#trimAt) return;
    this.#trimAt = Number.POSITIVE_INFINITY;
    const keptSince = new Date(this.#clock.now().getTime() - this.#retentionMs);
    try {
      await trimLog(this.#db, keptSince);
      this.#dropping.succeeded();
    } catch (error) {
      this.#dropping.failed(error);
    }
    this.#trimAt = performance.now() + trimEveryMs;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const collections = [outboxCollection, logCollection, erasuresCollection];
    const inserts = { operationType: "insert", "ns.coll": { $in: collections } };
    const erasures = { operationType: "update", "ns.coll": logCollection };
    const wanted = { _id: 1, operationType: 1, "ns.coll": 1, "documentKey._id": 1 };
    while (!signal.aborted) {
      // The plain cursor of a change stream: nothing is lost by starting a new one, and it gives all that has come at once.
      const pipeline = [{ $changeStream: {} }, { $match: { $or: [inserts, erasures] } }, { $project: wanted }];
      const changes = this.#db.aggregate<Change>(pipeline, { maxAwaitTimeMS: awaitMs });
      this.#changes = changes;
      try {
        for (let change = await changes.next(); change; change = await changes.next()) {
          this.#hearing.succeeded();
          for (const next of [change, ...changes.readBufferedDocuments()]) this.#notice(next);
          await sleep(paceMs);
        }
      } catch (error) {
        // The rounds do without it until the next one is open.
        await changes.close().catch(() => {});
        if (!signal.aborted) this.#hearing.failed(error);
        this.#roundSoon();
        await this.#hearing.pause(signal);
      }
    }
  }

  #notice({ operationType, ns, documentKey }: Change): void {
    if (ns.coll === outboxCollection) this.wake();
    else if (ns.coll === erasuresCollection) void this.#erasing.wake();
    else if (operationType === "update") this.#erasing.entryChanged(documentKey._id as number);
    else if (!this.log.has(documentKey._id as number)) void this.#refresh();
  }
}
