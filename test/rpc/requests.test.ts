import { describe, expect, it } from "vitest";
import { CreateUserRequest, GetUserRequest, GetUserResponse } from "../../gen/ts/roster/v1/user_service.js";
import { call, collect, failure, sendBytes } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, everyField } from "../support/users.js";

const server = useServer();

const users = "/roster.v1.UserService";
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

const broken: [name: string, bytes: Buffer][] = [
  ["a text that ends too soon", hex("0a 05 61")],
  ["a tag that ends too soon", hex("8a")],
  ["a number without an end", hex("98 01 ff ff ff ff ff ff ff ff ff ff ff")],
  ["a wire type that does not exist", hex("0f")],
  ["more behind its end", hex("00 0a 01 61")],
  ["more behind the end of a group that did not start", hex("0c 0a 01 61")],
  ["noise", hex("ff ff ff ff ff ff ff ff")],
];

const notUtf8: [name: string, bytes: Buffer][] = [
  ["a wrong second byte", hex("0a 02 c3 28")],
  ["half a surrogate pair", hex("0a 03 ed a0 80")],
  ["a needlessly long form", hex("0a 02 c0 af")],
];

const malformedRequest = {
  code: "INVALID_ARGUMENT",
  message: "the request is not a valid message: broken protobuf or text that is not UTF-8",
  reason: "MALFORMED_REQUEST",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: undefined,
};

const methods = [
  `${users}/GetUser`,
  `${users}/CreateUser`,
  `${users}/UpdateUser`,
  `${users}/DeleteUser`,
  "/grpc.health.v1.Health/Check",
];
const streams = [`${users}/ListUsers`, "/grpc.health.v1.Health/Watch"];

/** Sends bytes as they are to a method that answers with a stream. */
const streamBytes = (path: string, bytes: Buffer) => {
  const client = server.current.users;
  return collect(client.makeServerStreamRequest(path, Buffer.from, Buffer.from, bytes));
};

describe.each(broken)("a request with %s", (_name, bytes) => {
  it.each(methods)("is refused as malformed by %s", async (path) => {
    expect(await failure(sendBytes(server.current.users, path, bytes))).toEqual(malformedRequest);
  });

  it.each(streams)("is refused as malformed by %s", async (path) => {
    expect(await failure(streamBytes(path, bytes))).toEqual(malformedRequest);
  });
});

describe.each(notUtf8)("a text with %s", (_name, bytes) => {
  it.each(methods)("is refused as malformed by %s", async (path) => {
    expect(await failure(sendBytes(server.current.users, path, bytes))).toEqual(malformedRequest);
  });
});

describe("a request", () => {
  it("is refused as malformed when a key of a map is not UTF-8", async () => {
    const bytes = Buffer.concat([
      CreateUserRequest.encode(CreateUserRequest.fromPartial({ email: "a@example.com" })).finish(),
      hex("42 07 0a 02 c3 28 12 01 61"),
    ]);
    expect(await failure(sendBytes(server.current.users, `${users}/CreateUser`, bytes))).toEqual(malformedRequest);
  });

  it("may have fields that this version does not know", async () => {
    const user = await createUser(server.current.users, everyField());
    const bytes = Buffer.concat([GetUserRequest.encode({ id: user.id }).finish(), hex("fa 07 03 61 62 63")]);
    const answer = await sendBytes(server.current.users, `${users}/GetUser`, bytes);
    expect(GetUserResponse.decode(answer)).toEqual({ user });
  });

  it("may be empty, and is checked like any other", async () => {
    const error = await failure(sendBytes(server.current.users, `${users}/GetUser`, Buffer.alloc(0)));
    expect(error.violations).toEqual([{ field: "id", description: "is required" }]);
  });

  it("with more than thirty mistakes is answered with thirty and the number of the others", async () => {
    const client = server.current.users;
    const ids = Array.from({ length: 1_000 }, () => "none");
    const error = await failure(call(client.batchGetUsers.bind(client), { ids }));
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      message: "ids[0]: must be user_ and a ULID of 26 characters (and 999 more)",
      metadata: { omitted_violations: "970" },
    });
    expect(error.violations.map(({ field }) => field)).toEqual(Array.from({ length: 30 }, (_, i) => `ids[${i}]`));
  });

  it("to a method that does not exist is answered with UNIMPLEMENTED", async () => {
    const error = await failure(sendBytes(server.current.users, `${users}/FindUser`, Buffer.alloc(0)));
    expect(error.code).toBe("UNIMPLEMENTED");
  });

  const texts = ["\ud800", "a\ud800b", "\udc00@example.com"];

  it.each(texts)(
    "with half a surrogate pair %j, which clients send as U+FFFD, gets a readable answer",
    async (text) => {
      const client = server.current.users;
      const error = await failure(call(client.getUserByExternalId.bind(client), { externalId: text }));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    },
  );
});
