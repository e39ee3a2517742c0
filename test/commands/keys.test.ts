import { join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { call, failure } from "../support/call.js";
import { usePrograms } from "../support/program.js";
import { useServer } from "../support/server.js";
import { createUser, listPages, newEmail, unusedId } from "../support/users.js";

const programs = usePrograms();
const server = useServer({ env: askingCallers });
let env: Record<string, string>;

beforeAll(() => {
  env = { MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: server.current.db.databaseName };
});

const keys = (...args: string[]) => programs.run(["keys", ...args], env).ended;
const idIn = (text: string): string => /key_\w{26}/.exec(text)?.[0] ?? "";

describe("roster keys", () => {
  it("makes the first key, whose secret alone is on standard output, and lists and revokes it", async () => {
    const created = await keys(
      "create",
      "--name",
      "first",
      "--scope",
      "users:read",
      "--scope",
      "users:write",
      "--expires",
      "1h",
    );
    expect(created).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^sk_[0-9A-HJKMNP-TV-Z]{26}_[\w-]{43}\n$/),
      stderr: expect.stringMatching(
        /^created key_\w{26} {2}"first" {2}users:read,users:write {2}created \S+Z, expires \S+Z\nThe line on .*\n$/,
      ),
    });
    const secret = created.stdout.trim();
    const users = server.current.client(UserServiceClient, withKey({ secret }));
    expect((await createUser(users)).revision).toBe(1n);

    const id = idIn(created.stderr);
    const listed = await keys("list");
    expect([listed.code, listed.stderr]).toEqual([0, ""]);
    expect(listed.stdout).toBe(created.stderr.split("\n")[0]?.replace("created ", "") + "\n");
    const json = await keys("list", "--json");
    expect(JSON.parse(json.stdout)).toEqual({
      id,
      name: "first",
      scopes: ["users:read", "users:write"],
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect(listed.stdout + json.stdout + created.stderr).not.toContain(secret.slice(-43));

    const revoked = await keys("revoke", id);
    expect(revoked).toEqual({ code: 0, stdout: "", stderr: expect.stringContaining(`revoked ${id}`) });
    const get = () => failure(call(users.getUser.bind(users), { id: unusedId() }));
    await expect.poll(async () => (await get()).reason, { timeout: 5_000 }).toBe("API_KEY_REVOKED");
    expect((await keys("revoke", id)).stderr).toBe(revoked.stderr);
  });

  const refused: [args: string[], code: number, stderr: string][] = [
    [["create", "--scope", "admin"], 2, "roster: --name is missing; see roster keys --help\n"],
    [["create", "--name", "x"], 2, "roster: --scope is missing; see roster keys --help\n"],
    [
      ["create", "--name", "x", "--scope", "admin", "--expires", "soon"],
      2,
      "roster: --expires must be a duration like",
    ],
    [["create", "--name", "x", "--scope", "users"], 2, "roster: scopes[0] must be one of users:read, "],
    [["create", "--name", "x", "--scope", "admin", "y"], 2, "roster: unknown: y; see roster keys --help\n"],
    [["revoke"], 2, "roster: the id of the key is missing; see roster keys --help\n"],
    [["revoke", "key_01JD0000000000000000000000"], 1, "roster: no API key has this id\n"],
    [["remove"], 2, "roster: unknown: keys remove; see roster keys --help\n"],
    [["list", "--all"], 2, "roster: Unknown option '--all'; see roster keys --help\n"],
  ];

  it("refuses what it cannot do", async () => {
    const seen = await Promise.all(refused.map(([args]) => keys(...args)));
    expect(seen.map(({ code, stdout }) => [code, stdout])).toEqual(refused.map(([, code]) => [code, ""]));
    for (const [i, [, , stderr]] of refused.entries()) expect(seen[i]?.stderr).toContain(stderr);
  });

  it("explains itself", async () => {
    for (const args of [[], ["create", "--help"]]) {
      const { code, stdout, stderr } = await keys(...args);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^roster keys create --name NAME/);
    }
  });

  it("keeps them in the embedded MongoDB when there is no other, unless a server runs on it", async () => {
    const embedded = { MONGODB_URI: undefined, ROSTER_DATA_DIR: await programs.folder(), ...askingCallers };
    const run = (...args: string[]) => programs.run(args, embedded);
    const created = await run("keys", "create", "--name", "first", "--scope", "admin").ended;
    expect(created.code).toBe(0);
    const serving = run("serve");
    const address = await serving.listening();
    expect(serving.stdout).not.toContain("callers are not asked");
    const busy = await run("keys", "list").ended;
    expect([busy.code, busy.stdout]).toEqual([1, ""]);
    expect(busy.stderr).toContain(`roster: the server with process id ${serving.process.pid} is using `);
    expect(busy.stderr).toContain("call roster.v1.ApiKeyService of that server instead.\n");

    const key = { ROSTER_API_KEY: created.stdout.trim() };
    const exported = await programs.run(["export", "-", "--address", address], key).ended;
    expect([exported.code, exported.stdout]).toEqual([0, ""]);
  });
});

describe("the other commands", () => {
  it("send the key in ROSTER_API_KEY", async () => {
    const { address, db, users } = server.current;
    const importer = { ROSTER_API_KEY: (await makeKey(db, ["users:write"])).secret };
    const exporter = { ROSTER_API_KEY: (await makeKey(db, ["users:export"])).secret };
    const folder = await programs.folder();
    const file = join(folder, "users.ndjson");
    const run = (args: string[], key: Record<string, string>) =>
      programs.run([...args, "--address", address], key).ended;

    const rows = join(folder, "rows.ndjson");
    await writeFile(rows, `{"email":"${newEmail()}"}\n`);
    expect((await run(["import", rows], importer)).code).toBe(0);
    expect((await run(["export", file], exporter)).code).toBe(0);
    expect(await readFile(file, "utf8")).toContain("user_");

    const denied = await run(["export", join(folder, "denied.ndjson")], importer);
    expect([denied.code, denied.stderr]).toEqual([
      3,
      "roster: the call failed: PERMISSION_DENIED: the caller needs the scope users:export\n",
    ]);
    const unknown = await run(["import", rows], {});
    expect(unknown.code).toBe(3);
    expect(unknown.stderr).toContain("the call failed: UNAUTHENTICATED: who calls? Send an API key");
    expect((await failure(listPages(users))).reason).toBe("CALLER_NOT_AUTHENTICATED");
  });

  it("ask for health with it, where health is not open to all", async () => {
    const closed = { ...askingCallers, ROSTER_UNAUTHENTICATED_SERVICES: "none" };
    const { address } = await server.current.another({ env: closed });
    const check = (key: Record<string, string>) =>
      programs.run(["healthcheck"], { ...closed, ROSTER_LISTEN: address, ...key }).ended;
    const { secret } = await makeKey(server.current.db, ["events:read"]);
    expect(await check({ ROSTER_API_KEY: secret })).toEqual({ code: 0, stdout: "SERVING\n", stderr: "" });
    expect((await check({})).code).toBe(1);
  });
});
