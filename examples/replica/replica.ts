import { readFile, rename, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClientReadableStream, type ServiceError, status } from "@grpc/grpc-js";
import type { Timestamp } from "../../gen/ts/google/protobuf/timestamp.js";
import type { Authentication, Event } from "../../gen/ts/roster/v1/event.js";
import { type EventServiceClient, WatchEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { User } from "../../gen/ts/roster/v1/user.js";
import { ListUsersRequest, type UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";

const reconnectMs = 200;
const saveEveryMs = 1_000;

/** A copy of the directory's users in memory, kept up to date by its events and saved in a file. */
export class Replica {
  /** The users, by id. */
  readonly users: Map<string, User> = new Map();
  /** Everything up to this place in the order of events is in the copy. Absent before the first list. */
  cursor: string | undefined;
  #saved: string | undefined;
  #stream: ClientReadableStream<unknown> | undefined;
  #stopped = false;

  constructor(
    private readonly userService: UserServiceClient,
    private readonly eventService: EventServiceClient,
    private readonly file: string,
  ) {}

  /** Takes up the copy where the file left it, and follows the directory until `stop`. */
  async run(): Promise<void> {
    await this.#load();
    const saving = this.#saveNowAndThen();
    while (!this.#stopped) {
      try {
        if (this.cursor === undefined) await this.#copy();
        await this.#follow(this.cursor as unknown as string);
      } catch (error) {
        if (this.#stopped) break;
        // The events behind the cursor are gone: a new copy is needed.
        if ((error as ServiceError).code === status.OUT_OF_RANGE) this.cursor = undefined;
        else await sleep(reconnectMs);
      }
    }
    await saving;
    await this.#save();
  }

  stop(): void {
    this.#stopped = true;
    this.#stream?.cancel();
  }

  /** Copies all users. What changes meanwhile comes with the events behind the place that was noted first. */
  async #copy(): Promise<void> {
    const cursor = await this.#now();
    this.users.clear();
    for await (const page of this.#open(
      this.userService.listUsers(ListUsersRequest.fromPartial({ pageSize: 1_000 })),
    )) {
      for (const user of page.users) this.users.set(user.id, user);
    }
    this.cursor = cursor;
  }

  /** The place behind the newest event. */
  async #now(): Promise<string> {
    for await (const { cursor } of this.#open(this.eventService.watchEvents(WatchEventsRequest.fromPartial({})))) {
      return cursor;
    }
    throw new Error("the watch ended before it began");
  }

  /** Applies events as they come. Ends only by an error. */
  async #follow(after: string): Promise<void> {
    for await (const { events, cursor } of this.#open(
      this.eventService.watchEvents(WatchEventsRequest.fromPartial({ after })),
    )) {
      for (const event of events) this.#apply(event);
      this.cursor = cursor;
    }
  }

  /** Of two copies of a user, the one with the higher revision is the newer; so an event may well come twice. */
  #apply({ type, object, erased }: Event): void {
    // Nothing is left in it but that it was; its user is deleted further on.
    if (erased && type !== "user.deleted") return;
    if (object?.$case === "authentication") this.#signIn(object.value);
    if (object?.$case !== "user") return;
    const user = object.value;
    const known = this.users.get(user.id)?.revision ?? 0n;
    if (type === "user.deleted") this.users.delete(user.id);
    else if (user.revision > known) this.users.set(user.id, user);
  }

  /** A sign-in is no change of the user and has no revision of its own. Its time only goes forward. */
  #signIn({ userId, lastSignInAt }: Authentication): void {
    const user = this.users.get(userId ?? "");
    if (user === undefined || lastSignInAt === undefined) return;
    if (timeOf(lastSignInAt) > timeOf(user.lastSignInAt)) this.users.set(user.id, { ...user, lastSignInAt });
  }

  #open<T>(stream: ClientReadableStream<T>): AsyncIterable<T> {
    this.#stream = stream;
    if (this.#stopped) stream.cancel();
    return stream as AsyncIterable<T>;
  }

  async #saveNowAndThen(): Promise<void> {
    while (!this.#stopped) {
      await sleep(saveEveryMs);
      await this.#save();
    }
  }

  /** Users and cursor change together, in the file too: a program that dies goes on from the last saved pair. */
  async #save(): Promise<void> {
    if (this.cursor === undefined || this.cursor === this.#saved) return;
    const { cursor } = this;
    const users = [...this.users.values()].map((user) => Buffer.from(User.encode(user).finish()).toString("base64"));
    await writeFile(`${this.file}.new`, JSON.stringify({ cursor, users }));
    await rename(`${this.file}.new`, this.file);
    this.#saved = cursor;
  }

  async #load(): Promise<void> {
    const text = await readFile(this.file, "utf8").catch(() => undefined);
    if (text === undefined) return;
    const { cursor, users } = JSON.parse(text) as { cursor: string; users: string[] };
    for (const encoded of users) {
      const user = User.decode(Buffer.from(encoded, "base64"));
      this.users.set(user.id, user);
    }
    this.cursor = cursor;
    this.#saved = cursor;
  }
}

const timeOf = (timestamp: Timestamp | undefined): bigint =>
  timestamp ? timestamp.seconds * 1_000_000_000n + BigInt(timestamp.nanos) : -1n;
