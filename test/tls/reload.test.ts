import { once } from "node:events";
import { copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { failure } from "../support/call.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { openWatch } from "../support/events.js";
import { useFolder } from "../support/folder.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";

const folder = useFolder();
const lines: string[] = [];
let ca: TestCa;
let otherCa: TestCa;
let client: CertificateFiles;
let certificates: CertificateFiles[];
let live: { certificate: CertificateFiles; clientCa: string };
let server: TestServer;

/** Replaces what is mounted as Kubernetes does: what the files lead to changes in one step. */
const mount = async (version: string, { cert, key }: CertificateFiles, clientCa: TestCa): Promise<void> => {
  const target = join(folder.path, version);
  await mkdir(target);
  await Promise.all([
    copyFile(cert, join(target, "tls.crt")),
    copyFile(key, join(target, "tls.key")),
    copyFile(clientCa.cert, join(target, "ca.crt")),
  ]);
  await symlink(target, join(folder.path, "next"));
  await rename(join(folder.path, "next"), join(folder.path, "live"));
};

const certificate = (index: number) => certificates[index] as CertificateFiles;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  otherCa = await TestCa.create(folder.path, "other-ca");
  client = await ca.issue("client", "DNS:client.internal");
  certificates = await Promise.all(
    [1, 2, 3].map((number) => ca.issue(`server-${number}`, `DNS:localhost,IP:127.0.0.1,DNS:server-${number}`, number)),
  );
  const file = (name: string) => join(folder.path, "live", name);
  live = { certificate: { cert: file("tls.crt"), key: file("tls.key") }, clientCa: file("ca.crt") };
  await mount("v1", certificate(0), ca);
  server = await startServer({
    env: {
      ...ca.env(live.certificate),
      ROSTER_TLS_CLIENT_CA_FILE: live.clientCa,
      ROSTER_METRICS_LISTEN: "127.0.0.1:0",
    },
    credentials: ca.credentials(client),
    log: (line) => lines.push(line),
  });
});

afterAll(() => server.stop());

beforeEach(() => {
  lines.length = 0;
});

/** The names of the certificate that a new connection gets. */
const seenNames = async (): Promise<string | undefined> => {
  const [host, port] = server.address.split(":") as [string, string];
  const [ours, key, cert] = await Promise.all([ca.cert, client.key, client.cert].map((path) => readFile(path)));
  const socket = connect({
    host,
    port: Number(port),
    servername: "localhost",
    ca: [ours as Buffer],
    key,
    cert,
    ALPNProtocols: ["h2"],
  });
  await once(socket, "secureConnect");
  const { subjectaltname } = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname;
};

const namesOf = (number: number) => `DNS:localhost, IP Address:127.0.0.1, DNS:server-${number}`;

/** What the log has of the certificate since the test began. */
const told = (): string[] =>
  lines.map((line) => JSON.parse(line).msg as string).filter((message) => message.includes("TLS"));

const inUse = expect.stringMatching(/^TLS certificate in use, valid until \d{4}-\d\d-\d\dT[\d:.]+Z$/);
const refused = (reason: string | RegExp) => {
  const start = "the TLS files changed and cannot be used, what was in use stays: ";
  return typeof reason === "string" ? start + reason : expect.stringMatching(new RegExp(start + reason.source));
};
const soon = { timeout: 8_000, interval: 100 };

/** When the metric says that the certificate expires, in seconds. */
const notAfter = async (): Promise<number> => {
  const url = /http:\/\/\S+\/metrics/.exec(metricsLine)?.[0] as string;
  const text = await (await fetch(url)).text();
  return Number(/^roster_tls_certificate_not_after_seconds (\S+)$/m.exec(text)?.[1]);
};

let metricsLine = "";
beforeAll(() => {
  metricsLine = lines.map((line) => JSON.parse(line).msg as string).find((line) => line.includes("metrics at")) ?? "";
});

const day = 86_400;

describe("a server whose TLS files change", () => {
  it("shows new connections the new certificate, and keeps open streams", async () => {
    const watch = await openWatch(server.client(EventServiceClient));
    expect(await seenNames()).toBe(namesOf(1));
    const before = await notAfter();
    expect(before).toBeCloseTo(Date.now() / 1_000 + day, -3);

    await mount("v2", certificate(1), ca);
    await expect.poll(seenNames, soon).toBe(namesOf(2));
    expect(told()).toEqual([inUse]);
    expect((await notAfter()) - before).toBeCloseTo(day, -2);

    const user = await createUser(server.users);
    expect((await watch.events(1)).map(({ object }) => object?.value)).toEqual([user]);
    watch.cancel();
  });

  it("keeps the certificate while the files are no good, says so once, and goes on when they are", async () => {
    await copyFile(certificate(2).cert, live.certificate.cert);
    const notItsKey = refused("ROSTER_TLS_KEY_FILE is not the key of the first certificate in ROSTER_TLS_CERT_FILE");
    await expect.poll(told, soon).toEqual([notItsKey]);
    expect(await seenNames()).toBe(namesOf(2));

    await rm(live.certificate.key);
    const missing = refused(/ROSTER_TLS_KEY_FILE cannot be read: ENOENT: /);
    await expect.poll(told, soon).toEqual([notItsKey, missing]);
    await sleep(1_500);
    expect(told()).toEqual([notItsKey, missing]);
    expect(await seenNames()).toBe(namesOf(2));

    await writeFile(live.certificate.key, await readFile(certificate(2).key));
    await expect.poll(seenNames, soon).toBe(namesOf(3));
    expect(told()).toEqual([notItsKey, missing, inUse]);
  });

  it("follows the authority of its clients", async () => {
    await mount("v4", certificate(2), otherCa);
    await expect.poll(told, soon).toEqual([inUse]);
    // The connection is older.
    expect((await createUser(server.users)).revision).toBe(1n);

    const stranger = server.client(UserServiceClient, {}, ca.credentials(client));
    expect((await failure(getUser(stranger, unusedId()))).code).toBe("UNAVAILABLE");
    const known = ca.credentials(await otherCa.issue("known", "DNS:client.internal"));
    expect((await createUser(server.client(UserServiceClient, {}, known))).revision).toBe(1n);
  });
});
