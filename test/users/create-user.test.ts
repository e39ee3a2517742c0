import { describe, expect, it } from "vitest";
import { CreateUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const server = useServer();

describe("CreateUser", () => {
  it("lets one of a hundred concurrent creates of one email win", async () => {
    const email = newEmail();
    const { users } = server.current;
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => createUser(users, { email })));
    const won = results.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    const failures = await Promise.all(
      results.flatMap((result) => (result.status === "rejected" ? failure(Promise.reject(result.reason)) : [])),
    );
    expect(new Set(failures.map(({ reason }) => reason))).toEqual(new Set(["EMAIL_NOT_AVAILABLE"]));
  });

  it("names every field that breaks its rules", async () => {
    const { users } = server.current;
    const request = { ...CreateUserRequest.fromPartial({ email: "nobody" }), locale: "not a locale" };
    const error = await failure(call(users.createUser.bind(users), request));
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [
        { field: "email", description: "must be an email address, like ada@example.com" },
        { field: "locale", description: "must be a BCP 47 language tag, like en-US" },
      ],
    });
  });
});
