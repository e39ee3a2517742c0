import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signIn } from "../support/authentication.js";
import { freePort } from "../support/ports.js";
import { usePrograms } from "../support/program.js";
import { sample } from "../support/samples.js";
import { startServer, type TestServer, useServer } from "../support/server.js";

const programs = usePrograms();
const server = useServer();

const run = (args: readonly string[], on: TestServer = server.current) =>
  programs.run(["import", ...args, "--address", on.address]).ended;

/** A file of this name with these rows, one in JSON on each line. */
const file = async (name: string, rows: readonly unknown[]): Promise<string> => {
  const path = join(await programs.folder(), name);
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
};

const readJsonLines = async (path: string): Promise<unknown[]> =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

let sequence = 0;
const newEmail = () => `import-${(sequence += 1)}@example.com`;

describe("roster import", () => {
  it("creates the users of a file, who sign in with the passwords that they had", async () => {
    const rejected = join(await programs.folder(), "rejected.ndjson");
    const { code, stdout, stderr } = await run([sample("keycloak-realm.json"), "--rejected", rejected]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^4 created, 0 updated, 0 unchanged, 2 rejected\n6 rows in [\d.]+ s, \d+ rows\/s\n/);
    expect(stderr).toContain(`rejected for NOT_CARRIED_OVER: 2\nthe rejected rows are in ${rejected}; mend them`);
    expect(await signIn(server.current, "cat@example.com", "password")).toMatchObject({
      externalId: "dbfcd8d1-f119-4c89-9409-544380000003",
      firstName: "Cat",
      createdAt: { seconds: 1_693_669_853n, nanos: 579_000_000 },
    });
  });

  it("keeps rejected rows in a file that can be mended and imported", async () => {
    const [taken, free] = [newEmail(), newEmail()];
    const hash = "$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG";
    const second = { email: taken.toUpperCase(), password_hash: { algorithm: "bcrypt", hash } };
    const path = await file("users.ndjson", [{ email: taken }, second, { email: "nobody" }]);
    const rejected = `${path}.rejected.ndjson`;
    expect((await run([path])).code).toBe(1);

    expect((await stat(rejected)).mode & 0o777).toBe(0o600);
    const rows = (await readJsonLines(rejected)) as Record<string, unknown>[];
    expect(rows).toEqual([
      {
        email: taken.toUpperCase(),
        password_hash: { algorithm: "PASSWORD_HASH_ALGORITHM_BCRYPT", hash },
        _rejected: { row: 2, line: 2, reason: "EMAIL_NOT_AVAILABLE", message: "another user has this email" },
      },
      {
        email: "nobody",
        _rejected: {
          row: 3,
          line: 3,
          reason: "INVALID_REQUEST",
          message: expect.stringContaining("email"),
          field_violations: [{ field: "email", description: expect.any(String) }],
        },
      },
    ]);

    const mended = await file("mended.ndjson", [
      { ...rows[0], email: free },
      { ...rows[1], email: newEmail() },
    ]);
    const { code, stderr } = await run([mended]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^2 created, 0 updated, 0 unchanged, 0 rejected\n/)]);
    await expect(stat(`${mended}.rejected.ndjson`)).rejects.toThrow("ENOENT");
    expect((await signIn(server.current, free, "correct horse battery staple")).email).toBe(free);
  });

  it("never writes over a file of rejected rows", async () => {
    const path = await file("users.ndjson", [{ email: "nobody" }]);
    expect((await run([path])).stderr).toContain(`${path}.rejected.ndjson;`);
    expect((await run([path])).stderr).toContain(`${path}.rejected-2.ndjson;`);
    const email = newEmail();
    const { code, stderr } = await run([await file("more.ndjson", [{ email }]), "--rejected", path]);
    expect([code, stderr]).toEqual([2, `roster: ${path} exists, and is left as it is\n`]);
    expect(await server.current.db.collection("users").countDocuments({ email })).toBe(0);
  });

  it("says what would become of the rows, and writes nothing, when it is dry", async () => {
    const [one, two] = [newEmail(), newEmail()];
    const path = await file("users.ndjson", [{ email: one }, { email: two }, { email: one }]);
    const { code, stderr } = await run([path, "--dry-run"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^dry run, nothing was written: 2 created, 0 updated, 0 unchanged, 1 rejected\n/),
    ]);
    expect(await server.current.db.collection("users").countDocuments({ email: { $in: [one, two] } })).toBe(0);
  });

  it.each(["id", "external-id", "email"])(
    "changes users found by %s, and leaves those that are as the row says",
    async (by) => {
      const number = 100 + (sequence += 1);
      const row = {
        id: `user_01JD0000000000000000000${number}`,
        external_id: `e-${number}`,
        email: newEmail(),
        name: "A",
      };
      const args = [await file("users.ndjson", [row]), "--mode", "upsert", "--match-on", by];
      expect((await run(args)).stderr).toMatch(/^1 created, 0 updated, 0 unchanged, 0 rejected\n/);
      expect((await run(args)).stderr).toMatch(/^0 created, 0 updated, 1 unchanged, 0 rejected\n/);
      const changed = await file("users.ndjson", [{ ...row, name: "B" }]);
      const { code, stderr } = await run([changed, ...args.slice(1)]);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^0 created, 1 updated, 0 unchanged, 0 rejected\n/)]);
    },
  );

  it("leaves out rows that are to be skipped, and counts the others as they stand in the file", async () => {
    const path = await file("users.ndjson", [{ email: newEmail() }, { email: newEmail() }, { email: "nobody" }]);
    const { stderr } = await run([path, "--skip", "1"]);
    expect(stderr).toMatch(/^1 created, 0 updated, 0 unchanged, 1 rejected\n2 rows in /);
    expect(await readJsonLines(`${path}.rejected.ndjson`)).toMatchObject([{ _rejected: { row: 3, line: 3 } }]);
  });

  it("takes the format that it is told", async () => {
    const path = join(await programs.folder(), "users.txt");
    await writeFile(path, `email;name\n`);
    const { code, stderr } = await run([path, "--format", "csv"]);
    expect([code, stderr]).toEqual([2, "roster: the header has a column that no field has: email;name\n"]);
  });

  it("leaves passwords and hashes where they are when it is told so", async () => {
    const emails = [newEmail(), newEmail()];
    const password_hash = { algorithm: "bcrypt", hash: `$2b$10$${"a".repeat(21)}u${"a".repeat(30)}u` };
    const rows = [
      { email: emails[0], password_hash },
      { email: emails[1], password: "tr0ub4dor&3x" },
    ];
    const { stderr } = await run([await file("users.ndjson", rows), "--without-passwords"]);
    expect(stderr).toMatch(/^2 created, 0 updated, 0 unchanged, 0 rejected\n/);
    const { db } = server.current;
    const users = await db
      .collection<{ _id: string }>("users")
      .find({ email: { $in: emails } })
      .toArray();
    expect(users).toHaveLength(2);
    const ids = users.map(({ _id }) => _id);
    expect(await db.collection<{ _id: string }>("credentials").countDocuments({ _id: { $in: ids } })).toBe(0);
  });

  it("needs to know how Firebase hashed, unless the passwords stay there", async () => {
    const other = await startServer();
    const rejected = join(await programs.folder(), "rejected.ndjson");
    const users = sample("firebase-users.json");
    try {
      const refused = await run([users], other);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("needs --hash-config FILE")]);
      const config = sample("firebase-hash-config.txt");
      const imported = await run([users, "--hash-config", config, "--rejected", rejected], other);
      expect(imported.stderr).toMatch(/^3 created, 0 updated, 0 unchanged, 1 rejected\n/);
      expect((await signIn(other, "user1@example.com", "user1password")).name).toBe("User One");
      const again = ["--mode", "upsert", "--match-on", "external-id", "--rejected", `${rejected}-2`];
      const { stderr } = await run([users, "--without-passwords", ...again], other);
      expect(stderr).toMatch(/^0 created, 0 updated, 3 unchanged, 1 rejected\n/);
    } finally {
      await other.stop();
    }
  });

  it("brings Auth0's hashes to the users that were imported before", async () => {
    const other = await startServer();
    const rejected = join(await programs.folder(), "rejected.ndjson");
    try {
      expect((await run([sample("auth0-users.ndjson"), "--rejected", rejected], other)).stderr).toMatch(/^4 created, /);
      const upsert = ["--mode", "upsert", "--match-on", "external-id"];
      const { code, stderr } = await run([sample("auth0-hashes.ndjson"), ...upsert], other);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^0 created, 2 updated, 0 unchanged, 0 rejected\n/)]);
      expect((await signIn(other, "euclid@example.com", "all triangles are equal")).externalId).toBe("auth0|euclid");
    } finally {
      await other.stop();
    }
  });

  it("tells no password and no hash", async () => {
    const secrets = ["s3cr3t", "$2b$99$secret"];
    const path = await file("users.ndjson", [
      { email: newEmail(), password: secrets[0] },
      { email: newEmail(), password_hash: { algorithm: "BCRYPT", hash: secrets[1] } },
      { email: newEmail(), password: [secrets[0]] },
    ]);
    const { code, stdout, stderr } = await run([path]);
    expect(code).toBe(1);
    expect(stderr).toContain("3 rejected");
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  });
});

describe("roster import, when it cannot", () => {
  it.each<[string, readonly string[], string]>([
    ["no file", [], "which file? See roster import --help"],
    ["two files", ["a", "b"], "one file at a time; see roster import --help"],
    ["an unknown option", ["a", "--mod", "upsert"], "Unknown option '--mod'; see roster import --help"],
    ["an unknown mode", ["a", "--mode", "replace"], "--mode must be one of create-only, upsert, update-only"],
    [
      "an unknown field",
      ["a", "--mode", "upsert", "--match-on", "name"],
      "--match-on must be one of id, external-id, email",
    ],
    ["upsert by nothing", ["a", "--mode", "upsert"], "--mode upsert needs --match-on id, external-id or email"],
    [
      "update-only by nothing",
      ["a", "--mode", "update-only"],
      "--mode update-only needs --match-on id, external-id or email",
    ],
    ["no upsert by something", ["a", "--match-on", "id"], "--match-on goes with --mode upsert or update-only"],
    ["no number", ["a", "--skip", "-1"], "see roster import --help"],
    [
      "an unknown format",
      ["a", "--format", "xml"],
      "--format must be one of firebase, auth0, auth0-hashes, keycloak, csv, ndjson",
    ],
    ["a file that is not there", ["/no/such/file"], "cannot read /no/such/file: ENOENT"],
    ["a folder", ["/"], "cannot read /: it is a folder"],
    ["no hash parameters", ["a", "--hash-config", "/no/such/file"], "cannot read the hash parameters: ENOENT"],
  ])("ends with 2 and says why: %s", async (_, args, message) => {
    const { code, stdout, stderr } = await programs.run(["import", ...args]).ended;
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^roster: /);
  });

  it("ends with 3 when nobody answers", async () => {
    const path = await file("users.ndjson", [{ email: newEmail() }]);
    const address = `127.0.0.1:${await freePort()}`;
    const { code, stdout, stderr } = await programs.run(["import", path], { ROSTER_LISTEN: address }).ended;
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(`roster: the server at ${address} cannot be reached, or went away`);
    expect(stderr).not.toContain("To resume");
  });

  it("tells what became of the rows in front of the place where the file breaks", async () => {
    const path = join(await programs.folder(), "users.json");
    const user = { localId: "cut-off", email: newEmail() };
    await writeFile(path, `{"users":[${JSON.stringify(user)},{"localId":"x`);
    const { code, stderr } = await run([path, "--without-passwords"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^1 created, 0 updated, 0 unchanged, 0 rejected\n/);
    expect(stderr).toContain("roster: the file is not JSON behind user 1\n");
  });

  it("shows its help", async () => {
    const { code, stdout, stderr } = await programs.run(["import", "--help"]).ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^roster import FILE \[options\]\n/);
    expect(stdout).toContain("  auth0-hashes ");
  });
});
