import type { CallContext } from "../call-context.js";
import type { Committer } from "../commit/mutation.js";
import { userNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import type { Identity } from "../identity.js";
import type { UserReader } from "../user-reader.js";
import { type DeleteIdentity, deleteIdentity } from "./delete-identity.js";
import type { IdentityReader } from "./identity-reader.js";
import { type Provisioned, type ProvisionUser, provisionUser } from "./provision-user.js";

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
    return this.#parts.committer.run(provisionUser(request), call);
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

  async deleteIdentity(request: DeleteIdentity, call: CallContext): Promise<void> {
    await this.#parts.committer.run(deleteIdentity(request), call);
  }
}
