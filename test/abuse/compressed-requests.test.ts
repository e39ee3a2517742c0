import { readFileSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { deflateSync, gzipSync } from "node:zlib";
import { ChannelCredentials, compressionAlgorithms } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { CreateOrganizationRequest, UpdateOrganizationRequest } from "../../gen/ts/roster/v1/organization_service.js";
import {
  BatchGetUsersRequest,
  CreateUserRequest,
  ImportUsersRequest,
  ListUsersRequest,
  ProvisionUserRequest,
  UpdateUserRequest,
  UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import { inflatedBytes } from "../../src/rpc/compressed-requests.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { createOnly, ImportCall, newRows } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, getUser, idsOf, listPages, unusedId } from "../support/users.js";

const mebibyte = 1_048_576;
const usual = 4 * mebibyte;

const compressed = (bytes: Buffer): Buffer => {
  const framed = frame(bytes);
  framed[0] = 1;
  return framed;
};

const bombOf = 8_388_600;
const bombs = {
  gzip: compressed(gzipSync(Buffer.alloc(bombOf))),
  deflate: compressed(deflateSync(Buffer.alloc(bombOf))),
};

const tooLarge = (maxBytes: number) => ({
  code: "RESOURCE_EXHAUSTED",
  reason: "MESSAGE_TOO_LARGE",
  message: `the request becomes more than ${maxBytes} bytes when it is decompressed; at most as many are accepted`,
  metadata: { max_bytes: String(maxBytes) },
});

const method = (name: string) => `/roster.v1.UserService/${name}`;

describe("a hundred and twenty compressed requests that become 8 MiB", () => {
  let server: ServerProcess;
  let users: UserServiceClient;
  let id: string;
  beforeAll(async () => {
    server = await ServerProcess.start({
      MONGODB_URI: inject("mongodbUri"),
      ROSTER_DATABASE: `test-compressed-${process.pid}`,
    });
    users = new UserServiceClient(server.address, ChannelCredentials.createInsecure());
    ({ id } = await createUser(users));
    // What a server that has answered calls takes anyway.
    for (let n = 0; n < 300; n++) await getUser(users, id);
  });
  afterAll(async () => {
    users?.close();
    await server?.stop();
  });

  const memory = (which: "VmRSS" | "VmHWM"): number => {
    const status = readFileSync(`/proc/${server.process.pid}/status`, "utf8");
    return Number(new RegExp(`^${which}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1_024;
  };

  it.each([
    ["/grpc.health.v1.Health/Check", "gzip", 4_096],
    ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "deflate", 4_096],
    [method("GetUser"), "gzip", 65_536],
    [method("CreateUser"), "deflate", 262_144],
    [method("ImportUsers"), "gzip", usual],
    [method("ImportUsers"), "deflate", usual],
  ] as const)(
    "are refused for little memory, and others are answered meanwhile: %s, %s",
    async (path, encoding, max) => {
      const before = memory("VmRSS");
      const sessions = [connect(`http://${server.address}`), connect(`http://${server.address}`)];
      const calls = Array.from({ length: 120 }, (_, i) => {
        const session = sessions[i % 2] as ClientHttp2Session;
        const call = openCall(session, path, { headers: { "grpc-encoding": encoding } });
        call.stream.end(bombs[encoding]);
        return call;
      });
      expect(await getUser(users, id)).toMatchObject({ id });
      for (const { answer } of calls) expect(await answer).toMatchObject(tooLarge(max));
      expect(Math.max(memory("VmRSS"), memory("VmHWM")) - before).toBeLessThan(50);
      for (const session of sessions) session.destroy();
    },
  );
});

describe("the largest valid request", () => {
  const wide = "\u{1F600}";
  const longest = new Map(
    Array.from({ length: 50 }, (_, i) => [`${i}`.padEnd(40, wide).slice(0, 78), wide.repeat(600)]),
  );
  const texts = { firstName: wide.repeat(256), lastName: wide.repeat(256) };
  const name = wide.repeat(256);
  const url = { profilePictureUrl: "https://a.example/".padEnd(2_048, "a") };
  const manyDomains = Array.from({ length: 100 }, () => ({ domain: "a".repeat(253), state: 1 }));
  const ids = Array.from({ length: 1_000 }, () => unusedId());
  const externalIds = ids.map((id) => id.padEnd(128, "x"));
  const removed = [...longest.keys()];

  it.each<[path: string, request: { finish(): Uint8Array }]>([
    [
      "UserService/CreateUser",
      CreateUserRequest.encode(CreateUserRequest.fromPartial({ ...texts, name, ...url, metadata: longest })),
    ],
    [
      "UserService/UpdateUser",
      UpdateUserRequest.encode(
        UpdateUserRequest.fromPartial({ ...texts, name, ...url, metadata: longest, removeMetadata: removed }),
      ),
    ],
    [
      "UserService/ProvisionUser",
      ProvisionUserRequest.encode(ProvisionUserRequest.fromPartial({ ...texts, ...url, attributes: longest })),
    ],
    ["UserService/ListUsers", ListUsersRequest.encode(ListUsersRequest.fromPartial({ ids, externalIds }))],
    ["UserService/BatchGetUsers", BatchGetUsersRequest.encode({ ids })],
    [
      "OrganizationService/CreateOrganization",
      CreateOrganizationRequest.encode(
        CreateOrganizationRequest.fromPartial({ name, metadata: longest, domains: manyDomains }),
      ),
    ],
    [
      "OrganizationService/UpdateOrganization",
      UpdateOrganizationRequest.encode(
        UpdateOrganizationRequest.fromPartial({ name, metadata: longest, removeMetadata: removed }),
      ),
    ],
  ])("of %s may come compressed", (path, request) => {
    expect(request.finish().length).toBeLessThan(inflatedBytes(`/roster.v1.${path}`, usual));
  });
});

describe("a compressed request", () => {
  const server = useServer();
  const gzip = { "grpc.default_compression_algorithm": compressionAlgorithms.gzip };
  const deflate = { "grpc.default_compression_algorithm": compressionAlgorithms.deflate };

  it.each([
    ["gzip", gzip],
    ["deflate", deflate],
  ])("is read as any other: %s", async (_name, options) => {
    const users = server.current.connect(options);
    const { id } = await createUser(users, { firstName: "Ada", metadata: new Map([["plan", "x".repeat(600)]]) });
    expect(await getUser(users, id)).toMatchObject({ id, firstName: "Ada" });
  });

  it("of an import may have what any other may have, and keeps its place", async () => {
    const users = server.current.connect(gzip);
    const run = new ImportCall(users, createOnly);
    const rows = newRows(3_000, { metadata: new Map([["filler", "y".repeat(600)]]) });
    for (let at = 0; at < rows.length; at += 1_000) run.send(rows.slice(at, at + 1_000));
    run.stream.end();
    expect(await run.ended).toBeUndefined();
    expect(run.results.map(({ row }) => Number(row))).toEqual(rows.map((_, i) => i + 1));
  });

  it("keeps its place among those that come in the same piece, compressed or not", async () => {
    const session = connect(`http://${server.current.address}`);
    const rows = newRows(60);
    const messages = rows.map((row, i) => {
      const options = i === 0 ? createOnly : undefined;
      const bytes = Buffer.from(ImportUsersRequest.encode({ options, rows: [row] }).finish());
      return i % 3 === 0 ? frame(bytes) : compressed(gzipSync(bytes));
    });
    const headers = { "grpc-encoding": "gzip" };
    const { stream, answer } = openCall(session, method("ImportUsers"), { headers });
    stream.end(Buffer.concat(messages));
    expect(await answer).toMatchObject({ code: "OK" });
    const byCreation = await listPages(server.current.users, {
      externalIds: rows.map(({ externalId }) => `${externalId}`),
    });
    const users = byCreation.flatMap((page) => page.users);
    expect(idsOf(byCreation)).toHaveLength(60);
    expect(users.map(({ firstName }) => firstName).toSorted()).toEqual(
      rows.map(({ firstName }) => firstName).toSorted(),
    );
    session.destroy();
  });
});

describe("a message that is marked as compressed", () => {
  const server = useServer({ env: { ROSTER_AUTHENTICATION: "required" } });
  let session: ClientHttp2Session;
  beforeAll(() => {
    session = connect(`http://${server.current.address}`);
  });
  afterAll(() => session.destroy());

  const send = (path: string, bytes: Buffer, encoding?: string) => {
    const headers = encoding === undefined ? {} : { "grpc-encoding": encoding };
    const { stream, answer } = openCall(session, path, { headers });
    const trailers = new Promise<Record<string, unknown>>((resolve) => stream.once("response", resolve));
    stream.end(bytes);
    return { answer, trailers };
  };

  it("is not looked at where the caller is refused", async () => {
    const { answer } = send(method("GetUser"), compressed(Buffer.from("nonsense")), "gzip");
    expect(await answer).toMatchObject({ code: "UNAUTHENTICATED", reason: "CALLER_NOT_AUTHENTICATED" });
  });

  it("and says not how is malformed", async () => {
    const { answer } = send("/grpc.health.v1.Health/Check", compressed(Buffer.alloc(0)));
    expect(await answer).toMatchObject({
      reason: "MALFORMED_REQUEST",
      message: "the request cannot be read: a message is marked as compressed, without a grpc-encoding",
    });
  });

  it("in an encoding that nobody knows is told which ones there are", async () => {
    const { answer, trailers } = send("/grpc.health.v1.Health/Check", compressed(Buffer.alloc(1)), "br");
    expect(await answer).toMatchObject({ code: "UNIMPLEMENTED" });
    expect((await trailers)["grpc-accept-encoding"]).toBe("identity,gzip,deflate");
  });

  it("of twice its limit is refused as it is", async () => {
    const { answer } = send("/grpc.health.v1.Health/Check", compressed(Buffer.alloc(8_193)), "gzip");
    expect(await answer).toMatchObject(tooLarge(4_096));
  });
});
