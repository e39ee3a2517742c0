import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { usePrograms } from "../support/program.js";

const programs = usePrograms();

/** A checkout with its dependencies, where `build` of package.json only notes that it ran. */
const checkout = async (): Promise<string> => {
  const root = await programs.folder();
  for (const file of ["package-lock.json", "tsconfig.json", "tsconfig.build.json", "scripts"]) {
    await cp(file, join(root, file), { recursive: true });
  }
  for (const folder of ["src", "gen"]) await mkdir(join(root, folder));
  await symlink(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  const build = "node -e \"fs.appendFileSync('builds', 'x'); setTimeout(() => {}, 300)\"";
  const { engines } = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(join(root, "package.json"), JSON.stringify({ type: "module", engines, scripts: { build } }));
  return root;
};

const setup = (root: string) => promisify(execFile)(process.execPath, [join(root, "scripts/setup.mjs")]);

describe("the setup of a checkout", () => {
  it("builds once where several start at the same time", async () => {
    const root = await checkout();
    const runs = await Promise.all([setup(root), setup(root), setup(root)]);
    expect(runs.map(({ stdout }) => stdout)).toEqual(["", "", ""]);
    expect(await readFile(join(root, "builds"), "utf8")).toBe("x");
    expect((await readdir(root)).filter((name) => name.startsWith(".setup"))).toEqual([]);
  });

  it("goes on where another one was killed", async () => {
    const root = await checkout();
    const { pid } = await new Promise<{ pid: number | undefined }>((resolve) => {
      const ended = execFile(process.execPath, ["-e", ""], () => resolve({ pid: ended.pid }));
    });
    await writeFile(join(root, ".setup.lock"), String(pid));
    await Promise.all([setup(root), setup(root)]);
    expect(await readFile(join(root, "builds"), "utf8")).toBe("x");
  });

  it("says in one line what failed", async () => {
    const root = await checkout();
    const file = join(root, "package.json");
    const description = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...description, scripts: { build: "node -e 'process.exit(3)'" } }));
    await expect(setup(root)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^setup: building\n(npm error .*\n)*setup: building failed: `npm run --silent build` says why above; mend that and start again\n$/,
      ),
    });
  });

  it("says which Node.js it needs", async () => {
    const root = await checkout();
    const file = join(root, "package.json");
    const description = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...description, engines: { node: ">=99.1" } }));
    await expect(setup(root)).rejects.toMatchObject({
      code: 1,
      stderr: `setup: Roster needs Node.js 99.1 or newer, and this is ${process.version}: install a newer one\n`,
    });
  });
});
