import { readFileSync } from "node:fs";
import { status } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { ErrorReason, RosterError } from "../../src/directory/error.js";
import { codes, toStatus } from "../../src/rpc/status.js";
import { seenError } from "../support/call.js";

const proto = readFileSync(new URL("../../proto/roster/v1/error_reason.proto", import.meta.url), "utf8");

/** The values of the enum as the proto file documents them, without the one that is never sent. */
const documented = [...proto.matchAll(/((?: *\/\/.*\n)+) *ERROR_REASON_(\w+) = (\d+);/g)]
  .map(([, comment = "", name = "", number]) => ({ comment, name, number: Number(number) }))
  .filter(({ number }) => number !== 0);

const reasons = Object.entries(codes).map(([reason, code]) => ({
  name: ErrorReason[Number(reason)] as string,
  number: Number(reason),
  status: status[code],
}));

describe("the reasons of errors", () => {
  it("are those of the proto file, all of them, each with a status code", () => {
    const names = documented.map(({ name, number }) => [name, number]);
    expect(reasons.map(({ name, number }) => [name, number])).toEqual(names);
    const generated = Object.entries(ErrorReason).filter(([, value]) => Number(value) > 0);
    expect(generated).toEqual(names);
  });

  it.each(documented)("$name is documented with its status and an example of itself", ({ comment, name }) => {
    const [, example = ""] = /Example: `(\{.*\})`/.exec(comment) ?? [];
    expect(JSON.parse(example)).toEqual({ reason: name, domain: "roster", metadata: expect.any(Object) });
    const [, code] = /Status ([A-Z_]+)/.exec(comment) ?? [];
    expect(code).toBe(reasons.find((reason) => reason.name === name)?.status);
  });

  it("are sent by their names", () => {
    for (const { name, number, status: code } of reasons) {
      const sent = seenError(toStatus(new RosterError(number, "message")));
      expect(sent).toMatchObject({ code, reason: name, domain: "roster", message: "message" });
    }
  });
});

describe("an error", () => {
  it("is sent with all its details and without its cause", () => {
    const error = new RosterError(ErrorReason.USER_NOT_FOUND, "no user", {
      metadata: { id: "1" },
      violations: [{ field: "id", description: "is wrong" }],
      resource: { type: "user", name: "1" },
      retryAfterMs: 1_250,
      cause: new Error("secret"),
    });
    const sent = toStatus(error);
    expect(seenError(sent)).toEqual({
      code: "NOT_FOUND",
      message: "no user",
      reason: "USER_NOT_FOUND",
      domain: "roster",
      metadata: { id: "1" },
      violations: [{ field: "id", description: "is wrong" }],
      resource: { type: "user", name: "1" },
      retryAfterMs: 1_250,
    });
    const [details] = sent.metadata?.get("grpc-status-details-bin") ?? [];
    expect((details as Buffer).includes("secret")).toBe(false);
  });

  it("with half a surrogate pair in it is sent with U+FFFD", () => {
    const error = new RosterError(ErrorReason.USER_NOT_FOUND, "\ud800", { metadata: { id: "\ud800" } });
    expect(seenError(toStatus(error))).toMatchObject({ message: "\ufffd", metadata: { id: "\ufffd" } });
  });
});
