import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileOutput } from "../../src/commands/export/output.js";
import { signIn } from "../support/authentication.js";
import { listEvents } from "../support/events.js";
import { freePort } from "../support/ports.js";
import { usePrograms } from "../support/program.js";
import { sample } from "../support/samples.js";
import { startServer, type TestServer, useServer } from "../support/server.js";

const programs = usePrograms();
const server = useServer();

const hash = "$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG";
const rows = Array.from({ length: 2_500 }, (_, i) => ({
  email: `export-${i}@example.com`,
  name: i % 3 === 0 ? `Name, "${i}"` : undefined,
  external_id: i % 7 === 0 ? `id ${i} with spaces` : undefined,
  metadata: i % 2 === 0 ? { number: String(i), "a.b": 'ü, "quoted"\r\n\tof two lines' } : undefined,
  status: i % 11 === 0 ? "USER_STATUS_INACTIVE" : undefined,
  password_hash: i % 5 === 0 ? { algorithm: "PASSWORD_HASH_ALGORITHM_BCRYPT", hash } : undefined,
}));

const run = (args: readonly string[], on: TestServer = server.current) =>
  programs.run([...args, "--address", on.address]).ended;

beforeAll(async () => {
  const path = join(await programs.folder(), "users.ndjson");
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const { stderr } = await run(["import", path]);
  expect(stderr).toMatch(/^2,500 created/);
  await run(["import", sample("keycloak-realm.json"), "--rejected", join(await programs.folder(), "rejected")]);
});

const others: TestServer[] = [];
afterAll(async () => {
  for (const other of others) await other.stop();
});
const emptyServer = async (): Promise<TestServer> => {
  const other = await startServer();
  others.push(other);
  return other;
};

describe("roster export", () => {
  it("writes every user to a file for its owner alone, and tells the cursor", async () => {
    const folder = await programs.folder();
    const path = join(folder, "users.ndjson");
    const { code, stdout, stderr } = await run(["export", path]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(
      /^2,504 users, [\d,]+ users\/s\ncursor of the events behind this copy, for WatchEvents: event_\w+\n$/,
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["users.ndjson"]);

    const lines = (await readFile(path, "utf8")).trim().split("\n");
    const exported = lines.map((line) => JSON.parse(line));
    expect(new Set(exported.map(({ email }) => email)).size).toBe(2_504);
    expect(exported.find(({ email }) => email === "export-0@example.com")).toEqual({
      id: expect.stringMatching(/^user_/),
      email: "export-0@example.com",
      email_verified: false,
      name: 'Name, "0"',
      external_id: "id 0 with spaces",
      metadata: { number: "0", "a.b": 'ü, "quoted"\r\n\tof two lines' },
      created_at: expect.stringMatching(/Z$/),
      status: "USER_STATUS_INACTIVE",
      password_hash: { algorithm: "PASSWORD_HASH_ALGORITHM_BCRYPT", hash },
    });

    const cursor = /event_\w+/.exec(stderr)?.[0] ?? "";
    expect(await listEvents(server.current.address, { after: cursor })).toEqual([]);
  });

  it.each(["ndjson", "csv"])("gives what an import makes the same directory of: %s", async (format) => {
    const path = join(await programs.folder(), `users.${format}`);
    await run(["export", path]);
    const other = await emptyServer();
    const { code, stderr } = await run(["import", path], other);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^2,504 created, 0 updated, 0 unchanged, 0 rejected$/m)]);
    const copy = join(await programs.folder(), `copy.${format}`);
    await run(["export", copy], other);
    expect(await readFile(copy, "utf8")).toBe(await readFile(path, "utf8"));
    expect((await signIn(other, "cat@example.com", "password")).firstName).toBe("Cat");
  });

  it("goes through a pipe into an import", async () => {
    const other = await emptyServer();
    const source = programs.run(["export", "-", "--address", server.current.address]);
    const target = programs.run(["import", "-", "--address", other.address], {}, true);
    source.process.stdout?.pipe(target.process.stdin as NodeJS.WritableStream);
    const [exported, imported] = await Promise.all([source.ended, target.ended]);
    expect([exported.code, imported.code]).toEqual([0, 0]);
    expect(imported.stderr).toMatch(/^2,504 created, 0 updated, 0 unchanged, 0 rejected\n/);
  });

  it("takes the place of a file when it is complete, and only then", async () => {
    const folder = await programs.folder();
    const path = join(folder, "users.ndjson");
    await writeFile(path, "the export of yesterday\n");
    const nobody = `127.0.0.1:${await freePort()}`;
    const { code, stderr } = await programs.run(["export", path, "--address", nobody]).ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining(`roster: the server at ${nobody} cannot be reached`)]);
    expect(await readFile(path, "utf8")).toBe("the export of yesterday\n");
    expect(await readdir(folder)).toEqual(["users.ndjson"]);
    await writeFile(`${path}.partial`, "left by a crash\n", { mode: 0o644 });
    expect((await run(["export", path])).code).toBe(0);
    expect((await readFile(path, "utf8")).split("\n")).toHaveLength(2_505);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["users.ndjson"]);
  });

  it("ends without a word when the reader of the pipe goes away", async () => {
    const source = programs.run(["export", "-", "--address", server.current.address]);
    source.process.stdout?.destroy();
    const { code, stderr } = await source.ended;
    expect([code, stderr]).toEqual([141, ""]);
  });

  it("leaves nothing when it is stopped by Ctrl-C", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const folder = await programs.folder();
    const program = programs.run(["export", join(folder, "users.ndjson"), "--address", `127.0.0.1:${port}`]);
    await once(silent, "connection");
    expect(await readdir(folder)).toEqual(["users.ndjson.partial"]);
    expect(await program.kill("SIGINT")).toEqual({
      code: 130,
      stdout: "",
      stderr: "roster: stopped; nothing is kept\n",
    });
    expect(await readdir(folder)).toEqual([]);
    silent.close();
  });

  it("writes the header of CSV and nothing else for a directory without users", async () => {
    const { code, stdout, stderr } = await run(["export", "-", "--format", "csv"], await emptyServer());
    expect([code, stdout]).toEqual([
      0,
      "id,email,email_verified,first_name,last_name,name,profile_picture_url,external_id,metadata,locale," +
        "last_sign_in_at,created_at,status,password_hash.algorithm,password_hash.hash,password_hash.salt_position\n",
    ]);
    expect(stderr).toMatch(/^0 users, /);
  });

  it.each<[string, readonly string[], string]>([
    ["no file", [], "which file? See roster export --help"],
    ["an unknown format", ["a", "--format", "xml"], "--format must be one of ndjson, csv"],
    ["a folder that is not there", ["/no/such/folder/file"], "cannot write /no/such/folder/file: ENOENT"],
  ])("ends with 2 and says why: %s", async (_, args, message) => {
    const { code, stderr } = await programs.run(["export", ...args]).ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("two exports to one file", () => {
  it.each<[string, (first: FileOutput) => Promise<void>]>([
    ["is complete", (first) => expect(first.finish()).rejects.toThrow("another export writes to it")],
    ["is stopped", async () => {}],
  ])("are the later one's: the earlier one leaves it alone when it %s", async (_name, end) => {
    const folder = await programs.folder();
    const path = join(folder, "users.ndjson");
    const first = await FileOutput.open(path);
    await first.write("first\n");
    const second = await FileOutput.open(path);
    await second.write("second\n");
    await end(first);
    await first.abandon();
    await second.finish();
    expect(await readFile(path, "utf8")).toBe("second\n");
    expect(await readdir(folder)).toEqual(["users.ndjson"]);
  });
});
