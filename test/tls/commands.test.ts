import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiKeyServiceClient } from "../../gen/ts/roster/v1/api_key_service.js";
import { CommandError } from "../../src/commands/command-error.js";
import { serverTarget } from "../../src/commands/bulk/server-options.js";
import { call } from "../support/call.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";
import { freePort } from "../support/ports.js";
import { usePrograms } from "../support/program.js";
import { startServer, type TestServer } from "../support/server.js";
import { newEmail } from "../support/users.js";

const programs = usePrograms();
const folder = useFolder();
let ca: TestCa;
let otherCa: TestCa;
let client: CertificateFiles;
let certificate: CertificateFiles;
/** Of a name that no program is told to connect to. */
let elsewhere: CertificateFiles;
let plain: TestServer;
let tls: TestServer;
let mutual: TestServer;
let health: number;
let rows: string;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  otherCa = await TestCa.create(folder.path, "other-ca");
  client = await ca.issue("client", "DNS:client.internal");
  certificate = await ca.issue("server", "DNS:localhost");
  elsewhere = await ca.issue("elsewhere", "DNS:roster.internal");
  rows = join(folder.path, "rows.ndjson");
  await writeFile(rows, `${JSON.stringify({ email: newEmail() })}\n`);
  health = await freePort();
  plain = await startServer();
  tls = await startServer({ env: ca.env(certificate) });
  const env = { ...ca.env(elsewhere, "client certificates"), ROSTER_HEALTH_LISTEN: `127.0.0.1:${health}` };
  mutual = await startServer({ env });
});

afterAll(async () => {
  for (const server of [plain, tls, mutual]) await server.stop();
});

/** The environment of a server that listens on every address: what a program in its container has. */
const environmentOf = (server: TestServer, tlsEnv: Readonly<Record<string, string>> = {}) => ({
  ...tlsEnv,
  ROSTER_LISTEN: server.address.replace("127.0.0.1", "0.0.0.0"),
  ROSTER_AUTHENTICATION: "required",
});

const named = (server: TestServer): string => server.address.replace("127.0.0.1", "localhost");

const serving = { code: 0, stdout: "SERVING\n", stderr: "" };

const healthcheck = (env: Readonly<Record<string, string>>) => programs.run(["healthcheck"], env).ended;

describe("roster healthcheck", () => {
  it("asks a server with TLS, whatever its certificate", async () => {
    expect(await healthcheck(environmentOf(tls, ca.env(elsewhere)))).toEqual(serving);
  });

  it("asks at ROSTER_HEALTH_LISTEN where that is set", async () => {
    const env = { ...ca.env(elsewhere, "client certificates"), ROSTER_HEALTH_LISTEN: `0.0.0.0:${health}` };
    expect(await healthcheck(environmentOf(mutual, env))).toEqual(serving);
  });

  it("shows its API key where checks need one, and only to the server that has the environment's certificate", async () => {
    const closed = { ROSTER_AUTHENTICATION: "required", ROSTER_UNAUTHENTICATED_SERVICES: "none" };
    const server = await tls.another({ env: { ...ca.env(certificate), ...closed } });
    const keys = tls.client(ApiKeyServiceClient, {}, ca.credentials());
    const { secret } = await call(keys.createApiKey.bind(keys), {
      name: "probe",
      scopes: ["users:read"],
      expiresAt: undefined,
    });
    const env = { ...environmentOf(server, ca.env(certificate)), ...closed };
    expect(await healthcheck({ ...env, ROSTER_API_KEY: secret })).toEqual(serving);
    expect((await healthcheck(env)).stderr).toMatch(/^roster: no answer: 16 UNAUTHENTICATED: /);
    const { stderr } = await healthcheck({ ...env, ...ca.env(elsewhere), ...closed, ROSTER_API_KEY: secret });
    expect(stderr).toMatch(/^roster: no answer: 14 UNAVAILABLE: .*unable to get local issuer certificate/);
  });

  it("says what a server lacks that wants client certificates", async () => {
    expect(await healthcheck(environmentOf(mutual, ca.env(elsewhere, "client certificates")))).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "roster: ROSTER_HEALTH_LISTEN must be set: with ROSTER_TLS_CLIENT_CA_FILE ROSTER_LISTEN answers no check " +
        "without a client certificate\n",
    });
  });
});

const runImport = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  programs.run(["import", rows, "--mode", "upsert", "--match-on", "email", ...args], env).ended;

describe("roster import", () => {
  const done = { code: 0, stdout: "", stderr: expect.stringMatching(/^[^\n]*, 0 rejected\n1 rows in [^\n]*\n$/) };
  it("connects to an authority's server", async () => {
    expect(await runImport(["--address", named(tls), "--tls-ca", ca.cert])).toEqual(done);
  });

  it("shows its certificate", async () => {
    const own = ["--tls-cert", client.cert, "--tls-key", client.key];
    const { code, stderr } = await runImport(["--address", named(mutual), "--tls-ca", ca.cert, ...own]);
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("localhost. is not in the cert's altnames: DNS:roster.internal"),
    ]);
    expect(await runImport(own, environmentOf(mutual, ca.env(elsewhere)))).toEqual(done);
  });

  it("says so when the server wants a certificate", async () => {
    const { code, stderr } = await runImport([], environmentOf(mutual, ca.env(elsewhere)));
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/No connection established\. Last error: tlsv13 alert certificate required \([^)]*\)\.\n$/),
    ]);
  });

  it("connects by default to the server of its environment, by its certificate alone", async () => {
    expect(await runImport([], environmentOf(plain))).toEqual(done);
    expect(await runImport([], environmentOf(tls, ca.env(certificate)))).toEqual(done);
    const chain = join(folder.path, "chain.crt");
    await writeFile(chain, (await readFile(elsewhere.cert, "utf8")) + (await readFile(ca.cert, "utf8")));
    const { code, stderr } = await runImport([], environmentOf(tls, { ROSTER_TLS_CERT_FILE: chain }));
    expect([code, stderr]).toEqual([3, expect.stringContaining("another certificate than the one in its environment")]);
  });

  it("leaves the environment's certificate aside when it is told an address", async () => {
    expect(await runImport(["--address", plain.address], environmentOf(tls, ca.env(certificate)))).toEqual(done);
  });

  it.each<[string, () => string[], RegExp]>([
    ["a server of another authority", () => ["--tls-ca", otherCa.cert], /unable to verify the first certificate/],
    ["a server that no public authority knows", () => ["--tls"], /unable to verify the first certificate/],
    ["a server that speaks TLS, in plaintext", () => [], /If it speaks TLS, see --tls and --tls-ca\.$/m],
  ])("does not reach %s", async (_name, args, reason) => {
    const { code, stdout, stderr } = await runImport(["--address", named(tls), ...args()]);
    expect([code, stdout, stderr]).toEqual([3, "", expect.stringMatching(reason)]);
  });
});

describe("a command that is told its server", () => {
  const refusals: [
    name: string,
    given: () => Partial<Parameters<typeof serverTarget>[0]>,
    env: () => object,
    message: string | RegExp,
  ][] = [
    [
      "a certificate without its key",
      () => ({ "tls-cert": client.cert }),
      () => ({}),
      "--tls-cert and --tls-key go together",
    ],
    [
      "a key without its certificate",
      () => ({ "tls-key": client.key }),
      () => ({}),
      "--tls-cert and --tls-key go together",
    ],
    [
      "a file that is not there",
      () => ({ "tls-ca": "/nowhere/ca.crt" }),
      () => ({}),
      "cannot connect with TLS: ENOENT: no such file or directory, open '/nowhere/ca.crt'",
    ],
    [
      "a key that is another's",
      () => ({ "tls-cert": client.cert, "tls-key": certificate.key }),
      () => ({}),
      /^cannot connect with TLS: .*key values mismatch$/,
    ],
    [
      "an environment of which the certificate is none",
      () => ({}),
      () => ({ ROSTER_TLS_CERT_FILE: rows }),
      /^cannot connect with TLS: /,
    ],
    [
      "an environment of which the address is none",
      () => ({}),
      () => ({ ROSTER_LISTEN: "nowhere" }),
      "ROSTER_LISTEN must be host:port, like 127.0.0.1:50051 or [::1]:50051",
    ],
  ];

  it.each(refusals)("refuses %s", (_name, given, env, message) => {
    const target = () => serverTarget({ tls: false, ...given() }, { ...env() });
    expect(target).toThrow(CommandError);
    expect(target).toThrow(message);
  });

  it.each([
    [undefined, undefined, "127.0.0.1:50051"],
    [undefined, "0.0.0.0:1", "127.0.0.1:1"],
    [undefined, "[::]:1", "[::1]:1"],
    [undefined, "10.0.0.1:1", "10.0.0.1:1"],
    ["roster.internal:2", "0.0.0.0:1", "roster.internal:2"],
  ])("by the address %s, or ROSTER_LISTEN=%s, connects to %s", (address, ROSTER_LISTEN, expected) => {
    expect(serverTarget({ tls: false, address }, { ROSTER_LISTEN }).address).toBe(expected);
  });
});

describe("roster export", () => {
  it("connects in the same way", async () => {
    const path = join(folder.path, "exported.ndjson");
    const { code } = await programs.run(["export", path, "--address", named(tls), "--tls-ca", ca.cert]).ended;
    expect(code).toBe(0);
    expect(await readFile(path, "utf8")).toContain('"email":');
  });
});
