import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { failure } from "../support/call.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";

const folder = useFolder();
let ca: TestCa;
let otherCa: TestCa;
let certificate: CertificateFiles;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  otherCa = await TestCa.create(folder.path, "other-ca");
  certificate = await ca.issue("server", "DNS:localhost,IP:127.0.0.1");
});

/** A server for the tests of a block. */
const useTls = (options: () => Parameters<typeof startServer>[0]) => {
  const holder = { current: undefined as unknown as TestServer };
  beforeAll(async () => {
    holder.current = await startServer(options());
  });
  afterAll(() => holder.current.stop());
  return holder;
};

const clientOf = (server: TestServer, credentials: ChannelCredentials) =>
  server.client(UserServiceClient, {}, credentials);

/** What a call meets that never reaches the server's handlers. */
const unreachable = async (server: TestServer, credentials: ChannelCredentials): Promise<string> => {
  const { code, message } = await failure(getUser(clientOf(server, credentials), unusedId()));
  expect(code).toBe("UNAVAILABLE");
  return message;
};

/** Shakes hands as a client that the test forms; rejects when it fails. */
const handshake = async ({ address }: TestServer, options: ConnectionOptions = {}): Promise<TLSSocket> => {
  const [host, port] = address.split(":") as [string, string];
  const all = { host, port: Number(port), servername: "localhost", ca: readFileSync(ca.cert), ALPNProtocols: ["h2"] };
  const socket = connect({ ...all, ...options });
  await once(socket, "secureConnect");
  return socket;
};

// So that what is refused is refused by the server and not by this side.
const oldCiphers = { ciphers: "ALL:@SECLEVEL=0" };

describe("a server with a certificate", () => {
  const server = useTls(() => ({ env: ca.env(certificate), credentials: ca.credentials() }));

  it("answers clients that trust its authority", async () => {
    const user = await createUser(server.current.users);
    expect(await getUser(server.current.users, user.id)).toEqual(user);
  });

  it("is not trusted by clients of another authority", async () => {
    expect(await unreachable(server.current, otherCa.credentials())).toMatch(/unable to verify the first certificate/);
  });

  it("loses clients that send plaintext, and no other", async () => {
    await unreachable(server.current, ChannelCredentials.createInsecure());
    const [host, port] = server.current.address.split(":") as [string, string];
    const sockets = Array.from({ length: 20 }, () => connectTcp(Number(port), host));
    for (const socket of sockets) socket.end("GET / HTTP/1.1\r\n\r\n");
    await Promise.all(sockets.map((socket) => once(socket.resume(), "close")));
    expect((await createUser(server.current.users)).revision).toBe(1n);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)("speaks %s and HTTP/2", async (version) => {
    const socket = await handshake(server.current, { minVersion: version, maxVersion: version });
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual([version, "h2"]);
    socket.destroy();
  });

  it.each<[string, ConnectionOptions, RegExp]>([
    ["TLS 1.1", { minVersion: "TLSv1", maxVersion: "TLSv1.1", ...oldCiphers }, /alert protocol version/],
    [
      "a cipher that HTTP/2 forbids",
      { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384" },
      /alert handshake failure/,
    ],
    ["a client that speaks no HTTP", { ALPNProtocols: ["spdy/3"] }, /alert no application protocol/],
  ])("refuses %s", async (_name, options, reason) => {
    await expect(handshake(server.current, options)).rejects.toThrow(reason);
  });
});

describe("a server that wants client certificates", () => {
  let client: CertificateFiles;
  beforeAll(async () => {
    client = await ca.issue("client", "DNS:client.internal");
  });
  const server = useTls(() => ({
    env: ca.env(certificate, "client certificates"),
    credentials: ca.credentials(client),
  }));

  it("answers those who have one of its authority", async () => {
    expect((await createUser(server.current.users)).revision).toBe(1n);
  });

  it.each<[string, () => Promise<ChannelCredentials>]>([
    ["no certificate", async () => ca.credentials()],
    ["one of another authority", async () => ca.credentials(await otherCa.issue("stranger", "DNS:client.internal"))],
    ["one that expired", async () => ca.credentials(await ca.issue("expired-client", "DNS:client.internal", -1))],
    ["one that they signed themselves", async () => ca.credentials(otherCa)],
  ])("lets nobody in with %s", async (_name, credentials) => {
    await unreachable(server.current, await credentials());
    expect((await createUser(server.current.users)).revision).toBe(1n);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "resumes no session of %s, for which no certificate is shown",
    async (version) => {
      const versions = { minVersion: version, maxVersion: version };
      const [key, cert] = [client.key, client.cert].map((path) => readFileSync(path));
      const first = await handshake(server.current, { ...versions, key, cert });
      let session = first.getSession();
      first.on("session", (later) => {
        session = later;
      });
      await sleep(200);
      first.destroy();
      expect(session).toBeInstanceOf(Buffer);
      const second = await handshake(server.current, { ...versions, session: session as Buffer }).catch(
        (error) => error,
      );
      // With TLS 1.3 this side is done before the server has looked.
      const refused = second instanceof Error ? second : (await once(second as TLSSocket, "error"))[0];
      expect(refused.message).toMatch(/alert (handshake failure|certificate required)/);
    },
  );
});
