import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WorkingSet } from "../../src/directory/commit/working-set.js";
import { provisionUser } from "../../src/directory/provisioning/provision-user.js";
import { clock, newId } from "../support/clock.js";

const createdAt = new Date("2026-01-02T03:04:05.678Z");

beforeEach(() => {
  vi.useFakeTimers({ now: createdAt, toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

it("a new user has not changed since it was created, however long that takes", () => {
  const organization = {
    id: newId("org"),
    name: "Analytical Engines",
    domains: [],
    verifiedDomains: ["example.com"],
    metadata: {},
    createdAt,
    updatedAt: createdAt,
    revision: 1,
  };
  const request = { organizationId: organization.id, connectionId: "conn_1", idpId: "42", email: "ada@example.com" };
  const mutation = provisionUser({ ...request, firstName: "Ada", attributes: new Map(), requestId: "" });
  const working = new WorkingSet(clock);
  working.add(mutation.lookups, { organizations: [organization] });
  const { user } = working.attempt({
    ...mutation,
    apply: (draft) =>
      mutation.apply({
        ...draft,
        tell: (event) => {
          vi.setSystemTime(createdAt.getTime() + 5);
          draft.tell(event);
        },
      }),
  });
  expect(user).toMatchObject({ firstName: "Ada", createdAt, updatedAt: createdAt, revision: 1 });
});
