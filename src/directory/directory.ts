import type { PasswordCredential, PasswordHasher } from "../passwords/index.js";
import type { CallContext } from "./call-context.js";
import type { Committer, Mutation } from "./commit/mutation.js";
import { type CreateUser, createUser } from "./create-user.js";
import { type DeleteUser, deleteUser } from "./delete-user.js";
import { userNotFound } from "./error.js";
import type { EventLog } from "./events/event-log.js";
import type { FilterRequest } from "./events/filter.js";
import { type EventPage, type ListEvents, listEvents } from "./events/list-events.js";
import { type Delivery, watchEvents } from "./events/watch-events.js";
import { FieldChecker } from "./field-checker.js";
import { type ListUsers, listUsers } from "./list-users.js";
import type { Page } from "./lists/list-request.js";
import { type NewPassword, newCredential } from "./new-password.js";
import { type NamedUser, ownerOf, withGiven } from "./password-owner.js";
import type { Throttle } from "./throttle.js";
import { type UpdateUser, updateUser } from "./update-user.js";
import type { User } from "./user.js";
import type { UserReader } from "./user-reader.js";

/** What the directory works with. */
export interface DirectoryParts {
  readonly users: UserReader;
  readonly committer: Committer;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly events: EventLog;
  /** How often a watch gives a sign of life when nothing happens. */
  readonly watchHeartbeatMs: number;
}

/**
 * The directory's operations, as the services in `proto/roster/v1` promise them. Each throws nothing but a RosterError,
 * or the reason of the signal.
 */
export class Directory {
  readonly #users: UserReader;
  readonly #committer: Committer;
  readonly #hasher: PasswordHasher;
  readonly #throttle: Throttle;
  readonly #events: EventLog;
  readonly #watchHeartbeatMs: number;

  constructor({ users, committer, hasher, throttle, events, watchHeartbeatMs }: DirectoryParts) {
    this.#users = users;
    this.#committer = committer;
    this.#hasher = hasher;
    this.#throttle = throttle;
    this.#events = events;
    this.#watchHeartbeatMs = watchHeartbeatMs;
  }

  async getUser({ id }: { id: string }): Promise<User> {
    const check = new FieldChecker();
    check.id("user", "id", id);
    check.done();
    const found = await this.#users.byId(id);
    if (found === undefined) throw userNotFound("id", id);
    return found;
  }

  async getUserByExternalId({ externalId }: { externalId: string }): Promise<User> {
    const check = new FieldChecker();
    check.externalId("external_id", externalId);
    check.done();
    const found = await this.#users.byExternalId(externalId);
    if (found === undefined) throw userNotFound("external_id", externalId);
    return found;
  }

  async getUserByEmail({ email }: { email: string }): Promise<User> {
    const check = new FieldChecker();
    const { address, normalized } = check.email("email", email);
    check.done();
    const found = await this.#users.byNormalizedEmail(normalized);
    if (found === undefined) throw userNotFound("email", address);
    return found;
  }

  /** The users that exist and the ids that no user has, both in the order asked. */
  async batchGetUsers(
    { ids }: { ids: readonly string[] },
    signal: AbortSignal,
  ): Promise<{ users: User[]; notFoundIds: string[] }> {
    const check = new FieldChecker();
    check.items("ids", ids, 1, 1_000).forEach((id, i) => check.id("user", `ids[${i}]`, id));
    check.done();
    const found = new Map((await this.#users.byIds([...new Set(ids)], signal)).map((user) => [user.id, user]));
    return {
      users: ids.flatMap((id) => found.get(id) ?? []),
      notFoundIds: ids.filter((id) => !found.has(id)),
    };
  }

  listUsers(request: ListUsers, signal: AbortSignal): AsyncGenerator<Page<User>> {
    return listUsers(request, this.#users, signal);
  }

  async createUser(request: CreateUser, call: CallContext): Promise<User> {
    return this.#runWithPassword(createUser(request), request, () => request, call);
  }

  async updateUser(request: UpdateUser, call: CallContext): Promise<User> {
    const owner = async () => withGiven(await this.getUser(request), request);
    const updated = await this.#runWithPassword(updateUser(request), request, owner, call);
    const isSet = request.password !== undefined || request.passwordHash !== undefined;
    if (isSet) await this.#throttle.passwordsSet([updated.normalizedEmail]);
    return updated;
  }

  async deleteUser(request: DeleteUser, call: CallContext): Promise<void> {
    await this.#committer.run(deleteUser(request), call);
  }

  listEvents(request: ListEvents, signal: AbortSignal): AsyncGenerator<EventPage> {
    return listEvents(request, this.#events, signal);
  }

  watchEvents(request: FilterRequest, signal: AbortSignal): AsyncGenerator<Delivery> {
    return watchEvents(request, this.#events, this.#watchHeartbeatMs, signal);
  }

  /** Runs the mutation with the password that the request sets. A repeated request is answered whatever its password. */
  async #runWithPassword(
    mutation: (credential?: PasswordCredential) => Mutation<User>,
    request: NewPassword,
    owner: () => Promise<NamedUser> | NamedUser,
    call: CallContext,
  ): Promise<User> {
    if (request.password === undefined && request.passwordHash === undefined) {
      return this.#committer.run(mutation(), call);
    }
    const replay = await this.#committer.findReplay(mutation(), call);
    if (replay) return replay.result;
    const credential = await newCredential(request, async () => ownerOf(await owner()), this.#hasher, call.signal);
    return this.#committer.run(mutation(credential), call);
  }
}
