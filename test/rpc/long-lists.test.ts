import { describe, expect, it } from "vitest";
import { CreateApiKeyRequest } from "../../gen/ts/roster/v1/api_key_service.js";
import { ListEventsRequest, WatchEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { ListOrganizationMembershipsRequest } from "../../gen/ts/roster/v1/organization_membership_service.js";
import {
  CreateOrganizationRequest,
  ListOrganizationsRequest,
  UpdateOrganizationRequest,
} from "../../gen/ts/roster/v1/organization_service.js";
import {
  BatchGetUsersRequest,
  CreateUserRequest,
  ListUsersRequest,
  ProvisionUserRequest,
  UpdateUserRequest,
} from "../../gen/ts/roster/v1/user_service.js";
import { scopes } from "../../src/directory/api-keys/scope.js";
import { seenError } from "../support/call.js";
import { callWith, servedMethods } from "../support/methods.js";
import { unusedOrganizationId } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { newEmail, unusedId } from "../support/users.js";

const server = useServer();

interface Encoder<T> {
  fromPartial(given: Partial<T>): T;
  encode(message: T): { finish(): Uint8Array };
}

const bytesOf = <T>(type: Encoder<T>, given: Partial<T>): Buffer =>
  Buffer.from(type.encode(type.fromPartial(given)).finish());

const of = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const domain = { domain: "", state: 1 };
const badPairs = (count: number) => new Map(Array.from({ length: count }, (_, i) => [`${i}`, "v".repeat(601)]));

/** Requests in which nothing is wrong but a list of wrong items that is twice as long as it may be. */
const requests: [method: string, field: string, max: number, request: Buffer][] = [
  ["UserService/BatchGetUsers", "ids", 1_000, bytesOf(BatchGetUsersRequest, { ids: of(2_000, "") })],
  ["UserService/ListUsers", "ids", 1_000, bytesOf(ListUsersRequest, { ids: of(2_000, "") })],
  ["UserService/ListUsers", "external_ids", 1_000, bytesOf(ListUsersRequest, { externalIds: of(2_000, "") })],
  [
    "UserService/CreateUser",
    "metadata",
    50,
    bytesOf(CreateUserRequest, { email: newEmail(), metadata: badPairs(100) }),
  ],
  ["UserService/UpdateUser", "metadata", 50, bytesOf(UpdateUserRequest, { id: unusedId(), metadata: badPairs(100) })],
  [
    "UserService/UpdateUser",
    "remove_metadata",
    50,
    bytesOf(UpdateUserRequest, { id: unusedId(), metadata: new Map([["a", ""]]), removeMetadata: of(100, "a") }),
  ],
  [
    "UserService/ProvisionUser",
    "attributes",
    50,
    bytesOf(ProvisionUserRequest, {
      organizationId: unusedOrganizationId(),
      connectionId: "c",
      idpId: "i",
      email: newEmail(),
      attributes: badPairs(100),
    }),
  ],
  ["EventService/ListEvents", "types", 100, bytesOf(ListEventsRequest, { types: of(200, "") })],
  ["EventService/WatchEvents", "types", 100, bytesOf(WatchEventsRequest, { types: of(200, "") })],
  [
    "OrganizationMembershipService/ListOrganizationMemberships",
    "statuses",
    3,
    bytesOf(ListOrganizationMembershipsRequest, { userId: unusedId(), statuses: of(6, 0) }),
  ],
  [
    "OrganizationService/ListOrganizations",
    "domains",
    100,
    bytesOf(ListOrganizationsRequest, { domains: of(200, "") }),
  ],
  [
    "OrganizationService/CreateOrganization",
    "domains",
    100,
    bytesOf(CreateOrganizationRequest, { name: "n", domains: of(200, domain) }),
  ],
  [
    "OrganizationService/UpdateOrganization",
    "domains",
    100,
    bytesOf(UpdateOrganizationRequest, { id: unusedOrganizationId(), domains: of(200, domain) }),
  ],
  [
    "OrganizationService/UpdateOrganization",
    "remove_domains",
    100,
    bytesOf(UpdateOrganizationRequest, { id: unusedOrganizationId(), removeDomains: of(200, "") }),
  ],
  [
    "ApiKeyService/CreateApiKey",
    "scopes",
    scopes.length,
    bytesOf(CreateApiKeyRequest, { name: "n", scopes: of(2 * scopes.length, "") }),
  ],
];

describe("a list that is too long is refused, and its items are looked at as far as they may be there", () => {
  it.each(requests)("%s: %s", async (name, field, max, request) => {
    const method = servedMethods.find(({ path }) => path === `/roster.v1.${name}`);
    if (method === undefined) throw new Error(`there is no ${name}`);
    const { code, reason, violations, metadata } = seenError(await callWith(server.current.users, method, request));
    expect([code, reason]).toEqual(["INVALID_ARGUMENT", "INVALID_REQUEST"]);
    expect(violations.find((violation) => violation.field === field)?.description).toMatch(
      new RegExp(`^must (have|leave) .*${max} (items|pairs), not ${2 * max}$`),
    );
    expect(violations.length + Number(metadata.omitted_violations ?? 0)).toBe(max + 1);
  });
});
