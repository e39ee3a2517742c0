import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { apiKeysIn, askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { call, eventually, failure, seenError } from "../support/call.js";
import { openWatch, settled } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";

const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri, env: askingCallers }));

const unavailable = {
  code: "UNAVAILABLE",
  reason: "DATABASE_UNAVAILABLE",
  metadata: {},
  retryAfterMs: 1_000,
};

const get = (users: UserServiceClient) =>
  failure(call(users.getUser.bind(users), { id: unusedId() }, { serverDeadlineMs: 4_000 }));

describe("while the database is away", () => {
  it("nobody is let in by what was known before; open watches stay, and end when their key is revoked", async () => {
    const { db, client } = server.current;
    const used = await makeKey(db, ["admin"]);
    const unused = await makeKey(db, ["admin"]);
    const users = client(UserServiceClient, withKey(used));
    const user = await createUser(users);
    await settled(db);
    const watch = await openWatch(client(EventServiceClient, withKey(used)));

    await mongod.current.freeze();
    const started = Date.now();
    await sleep(3_100);
    const seen = await Promise.all([
      get(users),
      get(client(UserServiceClient, withKey(unused))),
      // With no deadline of the client.
      failure(getUser(client(UserServiceClient, withKey(unused)), user.id)),
    ]);
    expect(seen).toEqual(seen.map(() => expect.objectContaining(unavailable)));
    expect(Date.now() - started).toBeLessThan(9_000);

    mongod.current.unfreeze();
    expect(await eventually(() => getUser(users, user.id))).toEqual(user);
    const another = await createUser(users);
    const [event] = await watch.events(1);
    expect(event?.object).toEqual({ $case: "user", value: another });

    await apiKeysIn(db).revoke(used.key);
    // The event of the revocation may come before the end.
    const ended = await watch.events(2).then(
      () => undefined,
      (error: unknown) => seenError(error).reason,
    );
    expect(ended).toBe("API_KEY_REVOKED");
  });
});
