import { setTimeout as sleep } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { InterceptingCall, type Interceptor } from "@grpc/grpc-js";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ApiKeyServiceClient } from "../../gen/ts/roster/v1/api_key_service.js";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { call, failure } from "../support/call.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { openWatch, settled } from "../support/events.js";
import { useFolder } from "../support/folder.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, getUser, newEmail, unusedId } from "../support/users.js";

const folder = useFolder();
const lines: string[] = [];
let ca: TestCa;
let certificate: CertificateFiles;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  certificate = await ca.issue("server", "DNS:localhost,IP:127.0.0.1");
});

const scopes = [
  "DNS:Billing.internal=users:read,users:write,events:read",
  "URI:spiffe://acme/reader=users:read",
  "URI:spiffe://acme/ops=admin",
].join(" ");

const mapped = useServer(() => ({
  env: {
    ...ca.env(certificate, "client certificates"),
    ROSTER_AUTHENTICATION: "required",
    ROSTER_TLS_CLIENT_SCOPES: scopes,
  },
  log: (line) => lines.push(line),
}));

const transportOnly = useServer(() => ({
  env: { ...ca.env(certificate, "client certificates"), ROSTER_AUTHENTICATION: "required" },
}));

/** Certificates by the names in them: making one takes a moment. */
const issued = new Map<string, Promise<CertificateFiles>>();
const certificateOf = (names: string): Promise<CertificateFiles> => {
  const known = issued.get(names) ?? ca.issue(`client-${issued.size}`, names);
  issued.set(names, known);
  return known;
};

/** A client with a certificate of these names, and perhaps an API key. */
const usersAs = async (names: string, secret?: string, server: TestServer = mapped.current) =>
  server.client(
    UserServiceClient,
    { interceptors: secret === undefined ? [] : [sending(secret)] },
    ca.credentials(await certificateOf(names)),
  );

const sending =
  (secret: string): Interceptor =>
  (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", `Bearer ${secret}`);
        next(metadata, listener);
      },
    });

const billing = "DNS:billing.internal";
const reader = "URI:spiffe://acme/reader";
const ops = "URI:spiffe://acme/ops";
const stranger = "DNS:stranger.internal";

/** The secret of a new API key that may read users, made by a client with a certificate of these names. */
const readersKey = async (names: string): Promise<string> => {
  const keys = mapped.current.client(ApiKeyServiceClient, {}, ca.credentials(await certificateOf(names)));
  const { secret } = await call(keys.createApiKey.bind(keys), {
    name: "reader",
    scopes: ["users:read"],
    expiresAt: undefined,
  });
  return secret;
};

const reasonOf = async (promise: Promise<unknown>) => {
  const { code, reason, metadata } = await failure(promise);
  return [code, reason, metadata.scope];
};
const denied = (scope: string) => ["PERMISSION_DENIED", "PERMISSION_DENIED", scope];
const unknown = ["UNAUTHENTICATED", "CALLER_NOT_AUTHENTICATED", undefined];
const notFound = ["NOT_FOUND", "USER_NOT_FOUND", undefined];

describe("a caller with a client certificate", () => {
  it("may do what the scopes of its name allow, and nothing else", async () => {
    const users = await usersAs(reader);
    expect(await reasonOf(getUser(users, unusedId()))).toEqual(notFound);
    expect(await reasonOf(createUser(users))).toEqual(denied("users:write"));
  });

  it("may do everything as an admin", async () => {
    expect((await createUser(await usersAs(ops))).revision).toBe(1n);
  });

  it("is the actor of its changes, and the caller in the log, by the name that is configured", async () => {
    const events = mapped.current.client(EventServiceClient, {}, ca.credentials(await certificateOf(billing)));
    await settled(mapped.current.db);
    const watch = await openWatch(events);
    const email = newEmail();
    await createUser(await usersAs(billing), { email, requestId: email });
    const [event] = await watch.events(1);
    const actor = { id: "DNS:Billing.internal", name: "DNS:Billing.internal" };
    expect(event?.context?.actor).toEqual(actor);
    watch.cancel();
    const records = lines.map((line) => JSON.parse(line));
    expect(records.find(({ requestId }) => requestId === email)?.caller).toEqual(actor);
  });

  it("has its certificate read once for each connection", async () => {
    const users = await usersAs(billing);
    const events = mapped.current.client(EventServiceClient, {}, ca.credentials(await certificateOf(billing)));
    const watch = await openWatch(events);
    await createUser(users);
    const reads = vi.spyOn(TLSSocket.prototype, "getPeerCertificate");
    try {
      for (let i = 0; i < 3; i++) await createUser(users);
      // Callers of open streams are asked again every second.
      await sleep(1_200);
      expect(reads).not.toHaveBeenCalled();
      await createUser(await usersAs(billing));
      expect(reads).toHaveBeenCalled();
    } finally {
      reads.mockRestore();
      watch.cancel();
    }
  });

  it("keeps its streams", async () => {
    await settled(mapped.current.db);
    const events = mapped.current.client(EventServiceClient, {}, ca.credentials(await certificateOf(billing)));
    const watch = await openWatch(events);
    // Callers of open streams are asked again every second.
    await sleep(1_500);
    const user = await createUser(await usersAs(billing));
    expect((await watch.events(1)).map(({ object }) => object?.value)).toEqual([user]);
    watch.cancel();
  });

  it.each([
    ["the case of a DNS name", "DNS:BILLING.Internal", notFound],
    ["other names beside", `DNS:x.internal,IP:10.0.0.1,${reader}`, notFound],
    ["a name that is not configured", stranger, unknown],
    ["a name under one that is configured", "DNS:x.billing.internal", unknown],
    ["a wildcard", "DNS:*.internal", unknown],
    ["the case of a URI", "URI:spiffe://acme/Reader", unknown],
    ["a URI below", "URI:spiffe://acme/reader/x", unknown],
    ["the name in another type", "DNS:acme,email:billing.internal@acme.example", unknown],
    ["a URI that looks like a list of names", `@n\n[n]\nURI.1 = http://x/\\, ${billing}`, unknown],
  ])("is known by its names: %s", async (_name, names, expected) => {
    expect(await reasonOf(getUser(await usersAs(names), unusedId()))).toEqual(expected);
  });

  it("is the one that is configured first, when two of its names are", async () => {
    expect(await reasonOf(readersKey(`${ops},${billing}`))).toEqual(denied("admin"));
  });
});

describe("an API key that comes over a connection with a client certificate", () => {
  it("counts, where the certificate says nothing", async () => {
    const users = await usersAs(stranger, await readersKey(ops));
    expect(await reasonOf(getUser(users, unusedId()))).toEqual(notFound);
    expect(await reasonOf(createUser(users))).toEqual(denied("users:write"));
  });

  it("counts, where the certificate would allow more", async () => {
    const users = await usersAs(ops, await readersKey(ops));
    expect(await reasonOf(createUser(users))).toEqual(denied("users:write"));
  });

  it("is refused when it is wrong, whatever the certificate", async () => {
    const users = await usersAs(ops, "sk_wrong");
    expect(await reasonOf(createUser(users))).toEqual(["UNAUTHENTICATED", "INVALID_API_KEY", undefined]);
  });
});

describe("a server that gives certificates no scopes", () => {
  it("asks for an API key", async () => {
    expect(await reasonOf(createUser(await usersAs(ops, undefined, transportOnly.current)))).toEqual(unknown);
  });
});
