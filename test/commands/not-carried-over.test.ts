import { describe, expect, it } from "vitest";
import { ImportRow } from "../../gen/ts/roster/v1/import.js";
import { batches } from "../../src/commands/import/batches.js";
import type { SourceRow } from "../../src/commands/import/source-row.js";
import { readSource } from "../support/samples.js";

const keycloak = (user: object): string => JSON.stringify({ realm: "shop", users: [{ id: "1", ...user }] });

const argon2 = (version?: string) => ({
  credentials: [
    {
      type: "password",
      secretData: JSON.stringify({ value: "dmFsdWU", salt: "c2FsdHNhbHQ" }),
      credentialData: JSON.stringify({
        algorithm: "argon2",
        hashIterations: 5,
        additionalParameters: { memory: ["7168"], parallelism: ["1"], ...(version && { version: [version] }) },
      }),
    },
  ],
});

describe("a user with something that would be lost", () => {
  it.each([
    ["a hash of another version of argon2", keycloak(argon2("1.0")), "Roster does not verify version 1.0 of argon2"],
    [
      "two values for one key",
      keycloak({ username: "ann", attributes: { username: ["bob"] } }),
      "another value has this key, beside the one in attributes",
    ],
    [
      "a name that is no text",
      JSON.stringify({ user_id: "auth0|1", given_name: "Ad\ud800a" }),
      "given_name has lone surrogates",
    ],
    [
      "metadata that is no text",
      JSON.stringify({ user_id: "auth0|1", user_metadata: { k: "\ud800" } }),
      "user_metadata has lone surrogates",
    ],
    ["a flag that is none", JSON.stringify({ user_id: "auth0|1", blocked: "yes" }), "blocked is not true or false"],
  ])("is kept back, and told why: %s", async (_name, text, reason) => {
    const { rows } = await readSource(text);
    expect(rows).toMatchObject([
      { rejection: { reason: "NOT_CARRIED_OVER", message: expect.stringContaining(reason) } },
    ]);
  });

  it("is not one whose argon2 is of the version that is verified", async () => {
    for (const version of [undefined, "1.3"]) {
      const [row] = (await readSource(keycloak(argon2(version)))).rows;
      expect(row).not.toHaveProperty("rejection");
    }
  });
});

async function* largeRows(): AsyncGenerator<SourceRow> {
  for (let number = 1; number <= 5; number++) {
    yield { number, row: ImportRow.fromPartial({ name: "x".repeat(100_000) }) };
  }
}

describe("rows that go to the server", () => {
  it("are so few in one message that it stays far below what a server takes, however large they are", async () => {
    const sizes: number[] = [];
    for await (const { rows } of batches(largeRows(), () => 0, new AbortController().signal)) sizes.push(rows.length);
    expect(sizes).toEqual([2, 2, 1]);
  });
});
