import { describe, expect, it } from "vitest";
import type { Organization } from "../../gen/ts/roster/v1/organization.js";
import { call, failure } from "../support/call.js";
import {
  createOrganization,
  everyOrganizationField,
  organizationsOf,
  unusedOrganizationId,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);

const get = {
  id: (id: string) => {
    const organizations = client();
    return call(organizations.getOrganization.bind(organizations), { id });
  },
  external_id: (externalId: string) => {
    const organizations = client();
    return call(organizations.getOrganizationByExternalId.bind(organizations), { externalId });
  },
};

const lookups = [
  {
    method: "GetOrganization",
    field: "id",
    of: ({ id }: Organization) => id,
    unknown: unusedOrganizationId,
    invalid: [
      ["", "is required"],
      ["user_01JD0000000000000000000000", "must be org_ and a ULID of 26 characters"],
      ["org_01jd0000000000000000000000", "must be org_ and a ULID of 26 characters"],
    ],
  },
  {
    method: "GetOrganizationByExternalId",
    field: "external_id",
    of: ({ externalId }: Organization) => externalId ?? "",
    unknown: newKey,
    invalid: [
      ["", "is required"],
      ["a ", "must be 1-128 printable ASCII characters without a space at either end"],
    ],
  },
] as const;

describe.each(lookups)("$method", ({ field, of, unknown, invalid }) => {
  it("returns the organization with everything that it was created with", async () => {
    const created = await createOrganization(client(), everyOrganizationField());
    await createOrganization(client(), everyOrganizationField());
    expect(await get[field](of(created))).toEqual({ organization: created });
  });

  it("answers NOT_FOUND and what it looked for when there is no such organization", async () => {
    const value = unknown();
    expect(await failure(get[field](value))).toEqual({
      code: "NOT_FOUND",
      message: `no organization has this ${field}`,
      reason: "ORGANIZATION_NOT_FOUND",
      domain: "roster",
      metadata: { [field]: value },
      violations: [],
      resource: { type: "organization", name: value },
      retryAfterMs: undefined,
    });
  });

  it.each<readonly [string, string]>(invalid)("refuses %j", async (value, description) => {
    expect(await failure(get[field](value))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field, description }],
    });
  });

  it("gives each of many concurrent calls its own answer", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => createOrganization(client(), everyOrganizationField())),
    );
    const asked = [...all, undefined, ...all, undefined];
    const answers = await Promise.all(
      asked.map((organization) =>
        organization
          ? get[field](of(organization)).then((answer) => answer.organization?.id)
          : failure(get[field](unknown())).then((error) => error.reason),
      ),
    );
    expect(answers).toEqual(asked.map((organization) => organization?.id ?? "ORGANIZATION_NOT_FOUND"));
  });
});
