import { compressionAlgorithms } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { GetUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { failure, sendBytes } from "../support/call.js";
import { useServer } from "../support/server.js";
import { unusedId } from "../support/users.js";

const path = "/roster.v1.UserService/GetUser";
const small = useServer({ env: { ROSTER_MAX_REQUEST_SIZE: "64KiB" } });
const usual = useServer();
const limit = 64 * 1_024;

/** A GetUser request of this size, filled up with a field that nobody knows. */
const requestOf = (bytes: number): Buffer => {
  const message = Buffer.from(GetUserRequest.encode({ id: unusedId() }).finish());
  const rest = bytes - message.length - 5;
  const header = Buffer.from([0xfa, 0x07, 0, 0, 0]);
  header[2] = (rest & 0x7f) | 0x80;
  header[3] = ((rest >> 7) & 0x7f) | 0x80;
  header[4] = rest >> 14;
  return Buffer.concat([message, header, Buffer.alloc(rest)]);
};

const tooLarge = (bytes: number) => ({
  code: "RESOURCE_EXHAUSTED",
  message: `the request has ${bytes} bytes; at most ${limit} are accepted`,
  reason: "MESSAGE_TOO_LARGE",
  domain: "roster",
  metadata: { max_bytes: String(limit) },
  violations: [],
  resource: undefined,
  retryAfterMs: undefined,
});

describe("a request that is too large", () => {
  it("is one of more bytes than the limit", async () => {
    const client = small.current.users;
    expect((await failure(sendBytes(client, path, requestOf(limit)))).reason).toBe("USER_NOT_FOUND");
    expect(await failure(sendBytes(client, path, requestOf(limit + 1)))).toEqual(tooLarge(limit + 1));
    expect(await failure(sendBytes(client, path, requestOf(2 * limit)))).toEqual(tooLarge(2 * limit));
  });

  it("is cut off beyond twice the limit", async () => {
    const client = small.current.users;
    expect((await failure(sendBytes(client, path, requestOf(2 * limit + 1)))).code).toBe("RESOURCE_EXHAUSTED");
    expect((await failure(sendBytes(client, path, requestOf(1_000_000)))).code).toBe("RESOURCE_EXHAUSTED");
    expect((await failure(sendBytes(client, path, requestOf(limit)))).reason).toBe("USER_NOT_FOUND");
  });

  it("is measured as it is unpacked", async () => {
    const unpacked = {
      code: "RESOURCE_EXHAUSTED",
      reason: "MESSAGE_TOO_LARGE",
      metadata: { max_bytes: String(limit) },
    };
    const client = small.current.connect({ "grpc.default_compression_algorithm": compressionAlgorithms.gzip });
    expect((await failure(sendBytes(client, path, requestOf(limit)))).reason).toBe("USER_NOT_FOUND");
    expect(await failure(sendBytes(client, path, requestOf(limit + 1)))).toMatchObject(unpacked);
    expect(await failure(sendBytes(client, path, requestOf(2_000_000)))).toMatchObject(unpacked);
  });

  it("is one of more than four mebibytes unless configured otherwise", async () => {
    const size = 4 * 1_024 * 1_024;
    const filled = Buffer.concat([Buffer.from([0xfa, 0x07, 0x81, 0x80, 0x80, 0x02]), Buffer.alloc(size + 1)]);
    const error = await failure(sendBytes(usual.current.users, path, filled));
    expect(error).toMatchObject({ reason: "MESSAGE_TOO_LARGE", metadata: { max_bytes: String(size) } });
  });
});
