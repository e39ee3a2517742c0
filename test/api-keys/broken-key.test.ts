import { describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { getUser, unusedId } from "../support/users.js";

const log: string[] = [];
const server = useServer({ env: askingCallers, log: (line) => log.push(line) });

describe("a key whose document is broken", () => {
  it("lets nobody in, and is an internal error, which the log explains", async () => {
    const { client, db } = server.current;
    const key = await makeKey(db, ["admin"]);
    await db.collection<{ _id: string }>("apiKeys").updateOne({ _id: key.key.id }, { $unset: { secretHash: "" } });
    const users = client(UserServiceClient, withKey(key));
    expect(await failure(getUser(users, unusedId()))).toMatchObject({
      code: "INTERNAL",
      reason: "INTERNAL",
      message: "internal error",
    });
    const lines = log.map((line) => JSON.parse(line)).filter(({ level }) => level === "error");
    expect(lines).toMatchObject([
      { msg: "internal error", method: "/roster.v1.UserService/GetUser", err: { type: "TypeError" } },
    ]);
  });
});
