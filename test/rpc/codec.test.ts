import type { BinaryWriter } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { GetUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { decoder, encoder } from "../../src/rpc/codec.js";

const bytesOf = (id: string): Buffer => Buffer.from(GetUserRequest.encode({ id }).finish());

describe("a response that cannot be encoded to its end", () => {
  it("leaves nothing of itself in the next one", () => {
    const broken = {
      encode(_message: unknown, writer?: BinaryWriter): BinaryWriter {
        writer?.uint32(10).string("of somebody else");
        throw new Error("broken");
      },
      decode: () => undefined,
    };
    expect(() => encoder(broken)({})).toThrow("broken");
    expect(encoder(GetUserRequest)({ id: "user_1" })).toEqual(bytesOf("user_1"));
  });
});

describe("a text of a request", () => {
  it.each(["\ufeffafter a byte order mark", "\ufeff", "\ufffd", "\u0000", "🔑"])("is read as it is: %j", (id) => {
    expect(decoder(GetUserRequest, 1_000)(bytesOf(id))).toEqual({ id });
  });
});
