import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BSON, type Document } from "mongodb";
import { beforeAll, describe, expect, it } from "vitest";
import type { Order } from "../../gen/ts/roster/v1/list.js";
import { ListUsersRequest } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey } from "../support/api-keys.js";
import { collect, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { FlakyServer } from "./flaky-server.js";
import { run, usePrograms } from "./programs.js";

const server = useServer();
const asking = useServer({ env: askingCallers });

const tour = `created Ada Lovelace at revision 1
created Grace Hopper at revision 1
created Zoë Müller at revision 1
got Ada Lovelace by external id
listed Ada Lovelace
listed Grace Hopper
end of page, more: true
listed Zoë Müller
end of page, more: false
updated to Countess of Lovelace at revision 2
refused: EMAIL_NOT_AVAILABLE, resource user
deleted 3 users
`;
const callsThatGoWell = 9;

const casesFile = join(import.meta.dirname, "cases.json");
const cases = JSON.parse(readFileSync(casesFile, "utf8"));

beforeAll(async () => {
  const documents = BSON.EJSON.parse(JSON.stringify(cases.documents), { relaxed: false }) as Document[];
  await server.current.db.collection("users").insertMany(documents);
});

describe.each(["go", "python", "java", "typescript"])("the %s client", (language) => {
  const program = usePrograms(language);

  it("takes the tour", async ({ skip }) => {
    expect(await run(program("example", skip), server.current.address)).toBe(tour);
    expect(await server.current.db.collection("users").countDocuments({ externalId: /-1$/ })).toBe(0);
  });

  it("takes the tour with an API key", async ({ skip }) => {
    const example = program("example", skip);
    const { secret } = await makeKey(asking.current.db, ["users:read", "users:write"]);
    const withKey = { ...example, env: { ...example.env, ROSTER_API_KEY: secret } };
    expect(await run(withKey, asking.current.address)).toBe(tour);
    await expect(run(example, asking.current.address)).rejects.toMatchObject({ code: 1, stdout: "" });
  });

  it("takes the address from the environment, and fails when nobody answers there", async ({ skip }) => {
    const example = program("example", skip);
    const env = { ...example.env, ROSTER_ADDRESS: "127.0.0.1:1" };
    await expect(run({ ...example, env })).rejects.toMatchObject({ code: 1, stdout: "" });
  });

  it("takes the tour while every first attempt is done and then answered with UNAVAILABLE", async ({ skip }) => {
    const example = program("example", skip);
    const { flaky, address } = await FlakyServer.start(server.current.address);
    try {
      expect(await run(example, address)).toBe(tour);
      expect(flaky.refused).toBe(callsThatGoWell);
    } finally {
      flaky.stop();
    }
  });

  it("sees what cases.json says", async ({ skip }) => {
    const seen = JSON.parse(await run(program("compatibility", skip), server.current.address, casesFile));
    const made = { id: expect.any(String), createdAt: expect.any(String) };
    const expected = { ...cases.seen, ...cases.differences[language] };
    expect(seen).toEqual({ ...expected, created: { ...expected.created, ...made } });
  });
});

const asIs = (bytes: Buffer): Buffer => bytes;

describe("a request of a newer client", () => {
  it("may have fields that the server does not know", async () => {
    // external_id "bare", and a field 1000 with "x".
    const request = Buffer.from("0a0462617265c23e0178", "hex");
    const path = "/roster.v1.UserService/GetUserByExternalId";
    const answered = collect(server.current.users.makeServerStreamRequest(path, asIs, asIs, request));
    expect(await answered).toHaveLength(1);
  });

  it("may not have an enum value that the server does not know", async () => {
    const request = ListUsersRequest.fromPartial({ order: 99 as Order });
    expect(await failure(collect(server.current.users.listUsers(request)))).toMatchObject({
      code: "INVALID_ARGUMENT",
      violations: [{ field: "order" }],
    });
  });
});
