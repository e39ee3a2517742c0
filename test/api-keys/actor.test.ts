import { beforeAll, describe, expect, it } from "vitest";
import { EventServiceClient, ListEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { apiKeysIn, askingCallers, makeExpiredKey, makeKey, otherSecret, withKey } from "../support/api-keys.js";
import type { CreatedApiKey } from "../../src/directory/api-keys/create-api-key.js";
import { call, collect, failure } from "../support/call.js";
import { settled } from "../support/events.js";
import { createOnly, ImportCall, newRows } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, unusedId } from "../support/users.js";

const log: string[] = [];
const server = useServer({ env: askingCallers, log: (line) => log.push(line) });
let billing: CreatedApiKey;
let reader: CreatedApiKey;

beforeAll(async () => {
  billing = await makeKey(server.current.db, ["admin"], "Billing");
  reader = await makeKey(server.current.db, ["users:read"], "Reader");
});

const calls = () => log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "call");

describe("the caller", () => {
  it("is the actor of every change it makes, in single calls and in imports", async () => {
    const { client, db } = server.current;
    const users = client(UserServiceClient, withKey(billing));
    const organizations = client(OrganizationServiceClient, withKey(billing));
    await createUser(users, { requestId: "request-1" });
    await call(organizations.createOrganization.bind(organizations), {
      name: "Acme",
      domains: [],
      metadata: new Map(),
      requestId: "",
    });
    const imported = new ImportCall(users, createOnly);
    imported.send(newRows(3));
    await imported.resultsUpTo(3);
    imported.stream.end();
    await settled(db);

    const events = client(EventServiceClient, withKey(billing));
    const types = ["user.created", "organization.created"];
    const pages = await collect(events.listEvents(ListEventsRequest.fromPartial({ types })));
    const seen = pages.flatMap((page) => page.events).map(({ type, context }) => [type, context?.actor]);
    const actor = { id: billing.key.id, name: "Billing" };
    const expected = ["user.created", "organization.created", "user.created", "user.created", "user.created"];
    expect(seen).toEqual(expected.map((type) => [type, actor]));
  });

  it("is in the line of each of its calls, of those that it may not make too", async () => {
    const { client } = server.current;
    const users = client(UserServiceClient, withKey(reader));
    log.length = 0;
    await failure(call(users.getUser.bind(users), { id: unusedId() }));
    await failure(call(users.deleteUser.bind(users), { id: unusedId(), erase: false, requestId: "" }));
    const caller = { id: reader.key.id, name: "Reader" };
    expect(calls()).toEqual([
      expect.objectContaining({
        method: "/roster.v1.UserService/GetUser",
        code: "NOT_FOUND",
        reason: "USER_NOT_FOUND",
        caller,
      }),
      expect.objectContaining({
        method: "/roster.v1.UserService/DeleteUser",
        code: "PERMISSION_DENIED",
        reason: "PERMISSION_DENIED",
        caller,
      }),
    ]);
    // The id in the details of these is that of a user.
    for (const line of calls()) expect(line).not.toHaveProperty("apiKeyId");
  });

  it("is not in the line of a call that does not show it, nor is what was shown", async () => {
    const { client, users } = server.current;
    log.length = 0;
    const wrong = otherSecret(reader.secret);
    const liar = client(UserServiceClient, withKey({ secret: wrong }));
    await failure(call(users.getUser.bind(users), { id: unusedId() }));
    await failure(call(liar.getUser.bind(liar), { id: unusedId() }));
    const seen = calls();
    expect(seen.map(({ code, reason, caller }) => [code, reason, caller])).toEqual([
      ["UNAUTHENTICATED", "CALLER_NOT_AUTHENTICATED", undefined],
      ["UNAUTHENTICATED", "INVALID_API_KEY", undefined],
    ]);
    expect(log.join("")).not.toContain(wrong.slice(-43));
  });

  it.each(["API_KEY_EXPIRED", "API_KEY_REVOKED"])(
    "is its id alone in the line of a call refused with %s",
    async (reason) => {
      const { client, db } = server.current;
      const isExpired = reason === "API_KEY_EXPIRED";
      const key = await (isExpired ? makeExpiredKey(db, ["users:read"]) : makeKey(db, ["users:read"]));
      if (!isExpired) await apiKeysIn(db).revoke(key.key);
      log.length = 0;
      const late = client(UserServiceClient, withKey(key));
      await failure(call(late.getUser.bind(late), { id: unusedId() }));
      const [line] = calls();
      expect(line).toMatchObject({ code: "UNAUTHENTICATED", reason, apiKeyId: key.key.id });
      expect(line).not.toHaveProperty("caller");
    },
  );
});
