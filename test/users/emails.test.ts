import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { OrganizationDomainState } from "../../gen/ts/roster/v1/organization.js";
import { goodPassword, signIn } from "../support/authentication.js";
import { answers, call, failure, failures } from "../support/call.js";
import { brief, createOnly, importRows, row, upsert } from "../support/imports.js";
import { createOrganization, newDomain, organizationsOf } from "../support/organizations.js";
import { provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, listPages, newKey, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });
const users = () => server.current.users;
const unique = () => `@${randomUUID()}.example`;
const userByEmail = async (email: string) => (await call(users().getUserByEmail.bind(users()), { email })).user;

const one: [a: string, b: string][] = [
  ["νικος.παπας", "ΝΙΚΟΣ.ΠΑΠΑΣ"],
  ["νικος.παπας", "νικοσ.παπασ"],
  ["straße", "STRAẞE"],
  ["\u017fam", "SAM"],
  ["RENÉ", "rene\u0301"],
  ["\u00b5", "\u03bc"],
  ["привет", "ПРИВЕТ"],
];

const two: [a: string, b: string][] = [
  ["straße", "strasse"],
  ["ılker", "ilker"],
  ["\u0130lker", "ilker"],
  ["rene", "rené"],
  ["ae", "æ"],
];

describe.each(one)("%s and %s", (a, b) => {
  it("are one user's", async () => {
    const at = unique();
    const { id } = await createUser(users(), { email: a + at, password: goodPassword, emailVerified: true });
    expect((await userByEmail(b + at))?.id).toBe(id);
    const pages = await listPages(users(), { email: b + at });
    expect(pages.flatMap((page) => page.users.map((user) => user.id))).toEqual([id]);
    expect((await signIn(server.current, b + at, goodPassword)).id).toBe(id);
    expect((await failure(createUser(users(), { email: b + at }))).reason).toBe("EMAIL_NOT_AVAILABLE");
    const other = await createUser(users());
    expect((await failure(updateUser(users(), other.id, { email: b + at }))).reason).toBe("EMAIL_NOT_AVAILABLE");
    expect((await importRows(users(), createOnly, [row({ email: b + at })])).map(brief)).toEqual([
      "REJECTED EMAIL_NOT_AVAILABLE",
    ]);
    const [updated] = await importRows(users(), upsert("EMAIL"), [row({ email: b + at, firstName: "Imported" })]);
    expect(updated?.userId).toBe(id);
    // Another spelling is no other address.
    const spelt = await updateUser(users(), id, { email: a + at });
    expect([spelt.email, spelt.emailVerified]).toEqual([a + at, true]);
  });

  it("are one person's at their identity provider", async () => {
    const domain = newDomain();
    const domains = [{ domain, state: OrganizationDomainState.VERIFIED }];
    const { id: organizationId } = await createOrganization(organizationsOf(server.current), { domains });
    const idpId = newKey();
    const first = await provision(users(), { organizationId, email: `${a}@${domain}`, idpId });
    const second = await provision(users(), { organizationId, email: `${b}@${domain}`, connectionId: "conn_2" });
    expect(second.user?.id).toBe(first.user?.id);
    // The identities carry the address, however it is spelt, and go with it.
    await updateUser(users(), first.user?.id ?? "", { email: `other@${domain}` });
    const again = await provision(users(), { organizationId, email: `${a}@${domain}`, idpId });
    expect(again.user?.id).not.toBe(first.user?.id);
  });

  it("go to one of many who want them at a time", async () => {
    const at = unique();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => createUser(users(), { email: (i % 2 ? a : b) + at })),
    );
    expect(answers(results)).toHaveLength(1);
    expect(new Set(failures(results).map(({ reason }) => reason))).toEqual(new Set(["EMAIL_NOT_AVAILABLE"]));
  });
});

it.each(two)("%s and %s are two users'", async (a, b) => {
  const at = unique();
  const [first, second] = [await createUser(users(), { email: a + at }), await createUser(users(), { email: b + at })];
  expect((await userByEmail(a + at))?.id).toBe(first.id);
  expect((await userByEmail(b + at))?.id).toBe(second.id);
});

describe.each(["ad\u200bmin", "ad\u202emin", "a,b", '"a b"', "a😀", "x".repeat(65)])("%j before the @", (local) => {
  const at = unique();
  const refused = "must have ";

  it("is refused where an address is set", async () => {
    const { id } = await createUser(users());
    for (const set of [createUser(users(), { email: local + at }), updateUser(users(), id, { email: local + at })]) {
      const { reason, violations } = await failure(set);
      const problem = local === '"a b"' ? "must be an email address, like ada@example.com" : refused;
      expect(reason).toBe("INVALID_REQUEST");
      expect(violations).toEqual([{ field: "email", description: expect.stringContaining(problem) }]);
    }
    const rows = [row({ email: local + at })];
    const created = await importRows(users(), createOnly, rows);
    const upserted = await importRows(users(), upsert("EMAIL"), rows);
    for (const [result] of [created, upserted]) {
      expect(result?.error?.fieldViolations.map(({ field }) => field)).toEqual(["email"]);
    }
  });

  it.skipIf(local.includes(" "))("is looked for, as versions before accepted it", async () => {
    const notThere = await failure(userByEmail(local + at));
    expect(notThere.reason).toBe("USER_NOT_FOUND");
    expect((await failure(signIn(server.current, local + at, goodPassword))).reason).toBe("INVALID_CREDENTIALS");
    expect((await listPages(users(), { email: local + at })).flatMap((page) => page.users)).toEqual([]);
  });
});
