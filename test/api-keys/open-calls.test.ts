import { Metadata } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { apiKeyExpired, apiKeyRevoked, permissionDenied } from "../../src/directory/api-keys/errors.js";
import { ErrorReason, type RosterError } from "../../src/directory/error.js";
import { databaseUnavailable } from "../../src/mongo/error.js";
import { Gate } from "../../src/rpc/authentication/gate.js";
import { Needs } from "../../src/rpc/authentication/needs.js";
import { OpenCalls } from "../../src/rpc/authentication/open-calls.js";
import type { Call } from "../../src/rpc/call.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What becomes of an open stream whose caller is asked for twice, and is refused so. */
const ends = async (refusal: RosterError): Promise<(string | undefined)[]> => {
  const seen: (string | undefined)[] = [];
  const abort = (error: RosterError) => seen.push(ErrorReason[error.reason]);
  const source = { getPath: () => "/roster.v1.EventService/WatchEvents", metadata: new Metadata(), stream: {} };
  const gate = new Gate([{ identify: () => Promise.reject(refusal) }], new Needs());
  const openCalls = new OpenCalls(gate, () => [{ source, abort } as unknown as Call]);
  openCalls.start();
  await vi.advanceTimersByTimeAsync(2_500);
  openCalls.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  return seen;
};

describe("an open stream", () => {
  it.each([
    ["ends when its key was revoked", apiKeyRevoked("key_1"), "API_KEY_REVOKED"],
    ["ends when its key has expired", apiKeyExpired("key_1"), "API_KEY_EXPIRED"],
    ["ends when its caller may not do it any more", permissionDenied("events:read"), "PERMISSION_DENIED"],
    ["stays while the database cannot say", databaseUnavailable(), undefined],
  ])("%s", async (_name, refusal, reason) => {
    expect(await ends(refusal)).toEqual(reason === undefined ? [] : [reason, reason]);
  });
});
