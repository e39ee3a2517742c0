import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { Organization } from "../../gen/ts/roster/v1/organization.js";
import {
  type ListOrganizationsRequest,
  type ListOrganizationsResponse,
  OrganizationServiceClient,
} from "../../gen/ts/roster/v1/organization_service.js";
import { failure } from "../support/call.js";
import {
  createOrganization,
  deleteOrganization,
  organizationPages,
  organizationsOf,
  pending,
  unusedOrganizationId,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { fullMetadata } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);
const list = (given: Partial<ListOrganizationsRequest> = {}) => organizationPages(client(), given);

// The organizations 0 to 4, oldest first, and one between 2 and 3 that is deleted.
let all: Organization[];
let deleted: Organization;

const domains = [
  [verified("a.example"), pending("shared.example")],
  [pending("a.example")],
  [],
  [verified("shared.example"), verified("bücher.example")],
  [pending("shared.example"), pending("d.example")],
];

beforeAll(async () => {
  expect(await list()).toEqual([{ organizations: [], listMetadata: {} }]);
  all = [];
  for (const [i, own] of domains.entries()) {
    all.push(await createOrganization(client(), { name: `${i}`, domains: own }));
    if (i === 2) deleted = await createOrganization(client(), { domains: [pending("gone.example")] });
  }
  await deleteOrganization(client(), deleted.id);
});

const id = (n: number): string => all[n]?.id as string;

/** A page in short: its organizations by their numbers, `<` when it has a `before`, `>` when it has an `after`. */
const short = ({ organizations: page, listMetadata }: ListOrganizationsResponse): string => {
  const { before, after } = listMetadata ?? {};
  if (before !== undefined) expect(before).toBe(page[0]?.id);
  if (after !== undefined) expect(after).toBe(page.at(-1)?.id);
  const numbers = page.map(({ name }) => name).join("");
  return `${before === undefined ? "" : "<"}${numbers}${after === undefined ? "" : ">"}`;
};

const cases: [name: string, given: () => Partial<ListOrganizationsRequest>, pages: string[]][] = [
  ["newest first unless told", () => ({}), ["43210"]],
  ["oldest first", () => ({ order: Order.ASC }), ["01234"]],
  ["in pages", () => ({ pageSize: 2 }), ["43>", "<21>", "<0"]],
  ["in pages with a limit", () => ({ pageSize: 2, limit: 3, order: Order.ASC }), ["01>", "<2>"]],
  ["behind a cursor", () => ({ after: id(2) }), ["<10"]],
  ["behind a cursor that is deleted", () => ({ after: deleted.id, order: Order.ASC }), ["<34"]],
  ["in front of a cursor", () => ({ before: id(1), limit: 2 }), ["<32>"]],
  ["in front of a cursor, oldest first", () => ({ before: id(3), order: Order.ASC }), ["012>"]],
  ["with a domain, pending or verified", () => ({ domains: ["a.example"] }), ["10"]],
  ["with a domain in another spelling", () => ({ domains: ["BÜCHER.example"] }), ["3"]],
  ["with a domain in its ASCII form", () => ({ domains: ["xn--bcher-kva.example"] }), ["3"]],
  ["with one of several domains, each once", () => ({ domains: ["a.example", "shared.example"] }), ["4310"]],
  ["with a domain that is given twice", () => ({ domains: ["d.example", "D.example"] }), ["4"]],
  ["with a domain of nobody", () => ({ domains: ["gone.example"] }), [""]],
  ["not by a domain above", () => ({ domains: ["example.example"] }), [""]],
  ["with domains, in pages", () => ({ domains: ["a.example", "shared.example"], pageSize: 3 }), ["431>", "<0"]],
  ["with domains, behind a cursor", () => ({ domains: ["shared.example", "a.example"], after: id(2) }), ["<10"]],
  ["with domains, in front of a cursor", () => ({ domains: ["shared.example"], before: id(2) }), ["43>"]],
];

describe("ListOrganizations lists", () => {
  it.each(cases)("%s", async (_name, given, pages) => {
    expect((await list(given())).map(short)).toEqual(pages);
  });

  it("organizations whole", async () => {
    const [page] = await list({ order: Order.ASC });
    expect(page?.organizations).toEqual(all);
  });
});

const refused: { name: string; given: Partial<ListOrganizationsRequest>; violations: [string, string][] }[] = [
  {
    name: "domains that are none, each by its place",
    given: { domains: ["a.example", "", "localhost"] },
    violations: [
      ["domains[1]", "is required"],
      ["domains[2]", "must be a domain name, like example.com"],
    ],
  },
  {
    name: "more than a hundred domains",
    given: { domains: Array.from({ length: 101 }, (_, i) => `${i}.example`) },
    violations: [["domains", "must have at most 100 items, not 101"]],
  },
  {
    name: "everything at once",
    given: {
      pageSize: 1_001,
      limit: -1,
      order: 3 as Order,
      after: "a",
      before: unusedOrganizationId(),
      domains: ["."],
    },
    violations: [
      ["page_size", "must be 1-1000"],
      ["limit", "must be 0-1000 together with before"],
      ["order", "must be ORDER_DESC or ORDER_ASC"],
      ["after", "must be org_ and a ULID of 26 characters"],
      ["before", "must not be given together with after"],
      ["domains[0]", "must be a domain name, like example.com"],
    ],
  },
];

describe("ListOrganizations refuses", () => {
  it.each(refused)("$name", async ({ given, violations }) => {
    const error = await failure(list(given));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations.map(({ field, description }) => [field, description])).toEqual(violations);
  });
});

describe("a list of large organizations", () => {
  it("comes in messages that every client takes", async () => {
    const metadata = new Map(Object.entries(fullMetadata()));
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push((await createOrganization(client(), { metadata })).id);
    const options = { "grpc.max_receive_message_length": 4 * 1_024 * 1_024 };
    const usual = server.current.client(OrganizationServiceClient, options);
    const pages = await organizationPages(usual, { order: Order.ASC, after: id(4) });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ organizations }) => organizations.map((one) => one.id))).toEqual(ids);
  });
});
