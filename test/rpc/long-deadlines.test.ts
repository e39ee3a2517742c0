import { describe, expect, it } from "vitest";
import { countableTimeout } from "../../src/rpc/long-deadlines.js";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, unusedId } from "../support/users.js";

const server = useServer();
const dayMs = 86_400_000;

describe("a timeout", () => {
  it.each([
    ["596H", "596H"],
    ["597H", "2147483S"],
    ["99999999H", "2147483S"],
    ["35791M", "35791M"],
    ["35792M", "2147483S"],
    ["99999999M", "2147483S"],
    ["5S", "5S"],
    ["2147483S", "2147483S"],
    ["2147484S", "2147483S"],
    ["99999999S", "2147483S"],
    ["99999999m", "99999999m"],
    ["99999999u", "99999999u"],
    ["99999999n", "99999999n"],
    ["0S", "0S"],
    ["", ""],
    ["S", "S"],
    ["abc", "abc"],
    ["-1S", "-1S"],
    ["1e9S", "1e9S"],
    ["99999999", "99999999"],
    ["99999999s", "99999999s"],
  ])("of %j is counted as %j", (timeout, counted) => {
    expect(countableTimeout(timeout)).toBe(counted);
  });
});

describe("a call with a deadline that is weeks away", () => {
  it.each([24, 25, 30, 49, 365, 3_650])("is answered: %i days", async (days) => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const timeoutMs = days * dayMs;
    expect(await call(users.getUser.bind(users), { id }, { timeoutMs })).toMatchObject({ user: { id } });
    const error = await failure(call(users.getUser.bind(users), { id: unusedId() }, { timeoutMs }));
    expect(error).toMatchObject({ reason: "USER_NOT_FOUND" });
  });
});
