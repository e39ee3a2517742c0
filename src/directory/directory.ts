import type { CallContext } from "./call-context.js";
import { type CreateUser, createUser } from "./create-user.js";
import { type ChangeUserStatus, deactivateUser, reactivateUser } from "./change-user-status.js";
import { type DeleteUser, deleteUser } from "./delete-user.js";
import { userNotFound } from "./error.js";
import type { EventLog } from "./events/event-log.js";
import type { FilterRequest } from "./events/filter.js";
import { type EventPage, type ListEvents, listEvents } from "./events/list-events.js";
import { type Delivery, watchEvents } from "./events/watch-events.js";
import { FieldChecker } from "./field-checker.js";
import { type ListUsers, listUsers } from "./list-users.js";
import type { Page } from "./lists/list-request.js";
import { newCredential } from "./new-password.js";
import { ownerOf } from "./password-owner.js";
import { type PasswordUpdateParts, updateUserWithPassword } from "./password-update.js";
import { type UpdateUser, updateUser } from "./update-user.js";
import type { User } from "./user.js";
import type { ReadConsistency } from "./user-reader.js";

/** What the directory works with. */
export interface DirectoryParts extends PasswordUpdateParts {
  readonly events: EventLog;
  /** How often a watch gives a sign of life when nothing happens. */
  readonly watchHeartbeatMs: number;
}

/** How fresh an answer has to be; "unknown" where the request has a value that is none. Default: strongest. */
export interface Fresh {
  readonly consistency?: ReadConsistency | "unknown" | undefined;
}

/** Refuses a consistency that is not known. */
function checkConsistency(
  check: FieldChecker,
  consistency: Fresh["consistency"],
): asserts consistency is ReadConsistency | undefined {
  if (consistency !== "unknown") return;
  check.fail("consistency", "must be READ_CONSISTENCY_STRONGEST or READ_CONSISTENCY_FASTEST");
}

/**
 * The directory's operations, as the services in `proto/roster/v1` promise them. Each throws nothing but a RosterError,
 * or the reason of the signal.
 */
export class Directory {
  readonly #parts: DirectoryParts;

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  async getUser({ id, consistency }: { id: string } & Fresh): Promise<User> {
    const check = new FieldChecker();
    check.id("user", "id", id);
    checkConsistency(check, consistency);
    check.done();
    const found = await this.#parts.users.byId(id, consistency);
    if (found === undefined) throw userNotFound("id", id);
    return found;
  }

  async getUserByExternalId({ externalId, consistency }: { externalId: string } & Fresh): Promise<User> {
    const check = new FieldChecker();
    check.externalId("external_id", externalId);
    checkConsistency(check, consistency);
    check.done();
    const found = await this.#parts.users.byExternalId(externalId, consistency);
    if (found === undefined) throw userNotFound("external_id", externalId);
    return found;
  }

  async getUserByEmail({ email, consistency }: { email: string } & Fresh): Promise<User> {
    const check = new FieldChecker();
    const parsed = check.email("email", email);
    checkConsistency(check, consistency);
    check.done();
    const found = await this.#parts.users.byEmail(parsed, consistency);
    if (found === undefined) throw userNotFound("email", parsed.address);
    return found;
  }

  /** The users that exist and the ids that no user has, both in the order asked. */
  async batchGetUsers(
    { ids, consistency }: { ids: readonly string[] } & Fresh,
    signal: AbortSignal,
  ): Promise<{ users: User[]; notFoundIds: string[] }> {
    const check = new FieldChecker();
    check.items("ids", ids, 1, 1_000).forEach((id, i) => check.id("user", `ids[${i}]`, id));
    checkConsistency(check, consistency);
    check.done();
    const users = await this.#parts.users.byIds([...new Set(ids)], signal, consistency);
    const found = new Map(users.map((user) => [user.id, user]));
    return {
      users: ids.flatMap((id) => found.get(id) ?? []),
      notFoundIds: ids.filter((id) => !found.has(id)),
    };
  }

  listUsers(request: ListUsers, signal: AbortSignal): AsyncGenerator<Page<User>> {
    return listUsers(request, this.#parts.users, signal);
  }

  /** A repeated request is answered whatever its password. */
  async createUser(request: CreateUser, call: CallContext): Promise<User> {
    const { committer, hasher } = this.#parts;
    const mutation = createUser(request);
    if (request.password === undefined && request.passwordHash === undefined) return committer.run(mutation(), call);
    const replay = await committer.findReplay(mutation(), call);
    if (replay) return replay.result;
    const credential = await newCredential(request, () => ownerOf(request), hasher, call.signal);
    return committer.run(mutation(credential), call);
  }

  async updateUser(request: UpdateUser, call: CallContext): Promise<User> {
    const isSet = request.password !== undefined || request.passwordHash !== undefined;
    return isSet
      ? updateUserWithPassword(this.#parts, request, call)
      : this.#parts.committer.run(updateUser(request)(), call);
  }

  async deleteUser(request: DeleteUser, call: CallContext): Promise<void> {
    await this.#parts.committer.run(deleteUser(request), call);
  }

  listEvents(request: ListEvents, signal: AbortSignal): AsyncGenerator<EventPage> {
    return listEvents(request, this.#parts.events, signal);
  }

  watchEvents(request: FilterRequest, signal: AbortSignal): AsyncGenerator<Delivery> {
    return watchEvents(request, this.#parts.events, this.#parts.watchHeartbeatMs, signal);
  }

  async deactivateUser(request: ChangeUserStatus, call: CallContext): Promise<User> {
    return this.#parts.committer.run(deactivateUser(request), call);
  }

  async reactivateUser(request: ChangeUserStatus, call: CallContext): Promise<User> {
    return this.#parts.committer.run(reactivateUser(request), call);
  }
}
