import type { CallContext } from "../call-context.js";
import type { Committer } from "../commit/mutation.js";
import { membershipNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import type { Page } from "../lists/list-request.js";
import type { Membership } from "../membership.js";
import { type ChangeStatus, deactivateMembership, reactivateMembership } from "./change-status.js";
import { type CreateMembership, createMembership } from "./create-membership.js";
import { type DeleteMembership, deleteMembership } from "./delete-membership.js";
import { type ListMemberships, listMemberships } from "./list-memberships.js";
import type { MembershipReader } from "./membership-reader.js";
import { type UpdateMembership, updateMembership } from "./update-membership.js";

/** What memberships work with. */
export interface MembershipsParts {
  readonly memberships: MembershipReader;
  readonly committer: Committer;
}

/** The operations of `OrganizationMembershipService`. The promises are those of `Directory`. */
export class Memberships {
  readonly #memberships: MembershipReader;
  readonly #committer: Committer;

  constructor({ memberships, committer }: MembershipsParts) {
    this.#memberships = memberships;
    this.#committer = committer;
  }

  async get({ id }: { id: string }): Promise<Membership> {
    const check = new FieldChecker();
    check.id("om", "id", id);
    check.done();
    const found = await this.#memberships.byId(id);
    if (found === undefined) throw membershipNotFound(id);
    return found;
  }

  list(request: ListMemberships, signal: AbortSignal): AsyncGenerator<Page<Membership>> {
    return listMemberships(request, this.#memberships, signal);
  }

  async create(request: CreateMembership, call: CallContext): Promise<Membership> {
    return this.#committer.run(createMembership(request), call);
  }

  async update(request: UpdateMembership, call: CallContext): Promise<Membership> {
    return this.#committer.run(updateMembership(request), call);
  }

  async deactivate(request: ChangeStatus, call: CallContext): Promise<Membership> {
    return this.#committer.run(deactivateMembership(request), call);
  }

  async reactivate(request: ChangeStatus, call: CallContext): Promise<Membership> {
    return this.#committer.run(reactivateMembership(request), call);
  }

  async delete(request: DeleteMembership, call: CallContext): Promise<void> {
    await this.#committer.run(deleteMembership(request), call);
  }
}
