import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { ChannelCredentials, type ClientOptions, makeGenericClientConstructor } from "@grpc/grpc-js";
import { BSON, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { OrganizationMembershipServiceService } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { OrganizationServiceService } from "../../gen/ts/roster/v1/organization_service.js";
import { UserServiceClient, UserServiceService } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { failure, seenError } from "../support/call.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

interface Line {
  readonly method: string;
  /** The messages, in base64. */
  readonly request: string;
  readonly response: string;
  readonly record: { readonly _id: string; readonly fingerprint: string; readonly expiresAt: Date };
}

/** One call of each method that takes a request id, answered by a server of commit f043ae8, and what that one remembered. */
const lines: readonly Line[] = readFileSync(new URL("before-callers.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => BSON.EJSON.parse(line));

const services = [UserServiceService, OrganizationServiceService, OrganizationMembershipServiceService];
const definitions = new Map(services.flatMap((service) => Object.values(service)).map((each) => [each.path, each]));

const database = `test-${randomUUID().slice(0, 8)}`;
const mongo = new MongoClient(inject("mongodbUri"));
const requests = mongo.db(database).collection<{ _id: string; fingerprint: string; caller?: string }>("requests");
let server: TestServer;
let keys: readonly [ClientOptions, ClientOptions];

beforeAll(async () => {
  const expiresAt = new Date(Date.now() + 3_600_000);
  await requests.insertMany(lines.map(({ record }) => ({ ...record, expiresAt })));
  server = await startServer({ database, env: askingCallers });
  keys = [withKey(await makeKey(server.db, ["admin"])), withKey(await makeKey(server.db, ["admin"]))];
});

afterAll(async () => {
  await server?.stop();
  await mongo.db(database).dropDatabase();
  await mongo.close();
});

const asIs = (bytes: Buffer): Buffer => bytes;

/** Sends a request as it stands in a line. */
const send = ({ method, request }: Line, options: ClientOptions): Promise<Buffer> => {
  const client = new (makeGenericClientConstructor({}, ""))(
    server.address,
    ChannelCredentials.createInsecure(),
    options,
  );
  return new Promise<Buffer>((resolve, reject) => {
    client.makeUnaryRequest(method, asIs, asIs, Buffer.from(request, "base64"), (error, response) =>
      error ? reject(error) : resolve(response as Buffer),
    );
  }).finally(() => client.close());
};

const decoded = ({ method }: Line, response: Buffer): unknown => definitions.get(method)?.responseDeserialize(response);

/** What a line's server answered. Users had no status then. */
const answerOf = (line: Line): object => {
  const answer = decoded(line, Buffer.from(line.response, "base64")) as { user?: { status?: unknown } };
  delete answer.user?.status;
  return answer;
};

describe("what a server of the version before has answered", () => {
  it("is there for every method that takes a request id of it", () => {
    expect(new Set(lines.map(({ method }) => method)).size).toBe(13);
  });

  it.each(lines)("is not executed again: $method, $record._id", async (line) => {
    // Whose it was, nobody can say.
    for (const key of keys) expect(decoded(line, await send(line, key))).toMatchObject(answerOf(line));
    expect(await server.db.collection("users").countDocuments()).toBe(0);
    expect(await server.db.collection("organizations").countDocuments()).toBe(0);
  });

  it("keeps its id from other requests of whatever caller", async () => {
    for (const key of keys) {
      const users = server.client(UserServiceClient, key);
      expect((await failure(createUser(users, { requestId: "old-1" }))).reason).toBe("REQUEST_ID_REUSED");
    }
  });
});

/** What a server of the version before knows of an id: it looks nowhere else, and compares the fingerprint only. */
const known = async (requestId: string) => (await requests.findOne({ _id: requestId })) ?? undefined;

describe("what a server of the version before finds of this one", () => {
  it("is the answer to each request, under the same fingerprint", async () => {
    for (const line of lines) {
      await requests.deleteOne({ _id: line.record._id });
      // Most refer to objects that are not there.
      const error = await send(line, keys[0]).then(() => undefined, seenError);
      if (error) expect(error.reason).toMatch(/_NOT_FOUND$/);
      else expect(await known(line.record._id)).toMatchObject({ fingerprint: line.record.fingerprint });
    }
    const done = await requests.countDocuments({ caller: { $exists: true } });
    expect(done).toBeGreaterThan(2);
  });

  it("is something about every id that was executed, whoever used it, until the last one's time is over", async () => {
    const requestId = newKey();
    const [ann, ben] = keys.map((key) => server.client(UserServiceClient, key)) as [
      UserServiceClient,
      UserServiceClient,
    ];
    const expiries: number[] = [];
    for (const users of [ann, ben, ann, ben]) {
      await createUser(users, { email: `${users === ann ? "ann" : "ben"}@example.com`, requestId });
      const record = (await known(requestId)) as unknown as { expiresAt: Date };
      expiries.push(record.expiresAt.getTime());
    }
    expect(expiries).toEqual(expiries.toSorted((a, b) => a - b));
    expect(expiries[3]).toBe(expiries[1]);
  });
});
