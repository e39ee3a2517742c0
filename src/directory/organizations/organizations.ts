import type { CallContext } from "../call-context.js";
import type { Committer } from "../commit/mutation.js";
import { organizationNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import type { Page } from "../lists/list-request.js";
import type { Organization } from "../organization.js";
import { type CreateOrganization, createOrganization } from "./create-organization.js";
import { type DeleteOrganization, deleteOrganization } from "./delete-organization.js";
import { type ListOrganizations, listOrganizations } from "./list-organizations.js";
import type { OrganizationReader } from "./organization-reader.js";
import { type UpdateOrganization, updateOrganization } from "./update-organization.js";

/** What the organizations work with. */
export interface OrganizationsParts {
  readonly organizations: OrganizationReader;
  readonly committer: Committer;
}

/** The organizations, as `proto/roster/v1/organization_service.proto` promises them. Throws as `Directory` does. */
export class Organizations {
  readonly #organizations: OrganizationReader;
  readonly #committer: Committer;

  constructor({ organizations, committer }: OrganizationsParts) {
    this.#organizations = organizations;
    this.#committer = committer;
  }

  async get({ id }: { id: string }): Promise<Organization> {
    const check = new FieldChecker();
    check.id("org", "id", id);
    check.done();
    const found = await this.#organizations.byId(id);
    if (found === undefined) throw organizationNotFound("id", id);
    return found;
  }

  async getByExternalId({ externalId }: { externalId: string }): Promise<Organization> {
    const check = new FieldChecker();
    check.externalId("external_id", externalId);
    check.done();
    const found = await this.#organizations.byExternalId(externalId);
    if (found === undefined) throw organizationNotFound("external_id", externalId);
    return found;
  }

  list(request: ListOrganizations, signal: AbortSignal): AsyncGenerator<Page<Organization>> {
    return listOrganizations(request, this.#organizations, signal);
  }

  async create(request: CreateOrganization, call: CallContext): Promise<Organization> {
    return this.#committer.run(createOrganization(request), call);
  }

  async update(request: UpdateOrganization, call: CallContext): Promise<Organization> {
    return this.#committer.run(updateOrganization(request), call);
  }

  async delete(request: DeleteOrganization, call: CallContext): Promise<void> {
    await this.#committer.run(deleteOrganization(request), call);
  }
}
