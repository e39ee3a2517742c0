import type { CallContext } from "../call-context.js";
import type { Committer } from "../commit/mutation.js";
import { identityNotFound, userNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import { type Identity, identityId } from "../identity.js";
import type { User } from "../user.js";
import type { UserReader } from "../user-reader.js";
import {
  type DeleteConnectionIdentities,
  deleteConnectionIdentities,
  type ListConnectionIdentities,
  listConnectionIdentities,
} from "./connection-identities.js";
import { type DeleteIdentity, deleteIdentity } from "./delete-identity.js";
import type { IdentityReader } from "./identity-reader.js";
import { type Provisioned, type ProvisionUser, provisionUser, ssoFailure } from "./provision-user.js";

/** What the provisioner works with. */
export interface ProvisionerParts {
  readonly users: UserReader;
  readonly identities: IdentityReader;
  readonly committer: Committer;
}

/** Signs people in through SSO and keeps their identities. Throws as `Directory` does. */
export class Provisioner {
  readonly #parts: ProvisionerParts;

  constructor(parts: ProvisionerParts) {
    this.#parts = parts;
  }

  async provisionUser(request: ProvisionUser, call: CallContext): Promise<Provisioned> {
    const { committer } = this.#parts;
    try {
      return await committer.run(provisionUser(request), call);
    } catch (error) {
      const failure = ssoFailure(request, error);
      if (failure) await committer.run(failure, call);
      throw error;
    }
  }

  /** Oldest first. */
  async listIdentities({ userId }: { userId: string }, signal: AbortSignal): Promise<Identity[]> {
    const check = new FieldChecker();
    check.id("user", "user_id", userId);
    check.done();
    const { users, identities } = this.#parts;
    const [user, found] = await Promise.all([users.byId(userId), identities.byUserId(userId, signal)]);
    if (user === undefined) throw userNotFound("user_id", userId);
    return found;
  }

  /** Who has this identity. */
  async getUserByIdentity(request: { connectionId: string; idpId: string }): Promise<User> {
    const { connectionId, idpId } = request;
    const check = new FieldChecker();
    check.ssoConnection(request);
    check.done();
    const { users, identities } = this.#parts;
    const identity = await identities.byId(identityId(connectionId, idpId));
    const user = identity && (await users.byId(identity.userId));
    if (user === undefined) throw identityNotFound(connectionId, idpId, "no user has an");
    return user;
  }

  /** In the order of the subjects. */
  async *listConnectionIdentities(
    request: ListConnectionIdentities,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly identities: readonly Identity[]; readonly after: string | undefined }> {
    for await (const { items, after } of listConnectionIdentities(request, this.#parts.identities, signal)) {
      yield { identities: items.map(({ identity }) => identity), after };
    }
  }

  /** Returns how many it has removed. */
  deleteConnectionIdentities(request: DeleteConnectionIdentities, call: CallContext): Promise<number> {
    return deleteConnectionIdentities(request, this.#parts, call);
  }

  async deleteIdentity(request: DeleteIdentity, call: CallContext): Promise<void> {
    await this.#parts.committer.run(deleteIdentity(request), call);
  }
}
