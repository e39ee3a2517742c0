import { execFile, spawnSync } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { usePrograms } from "../support/program.js";
import { sample } from "../support/samples.js";
import { startServer } from "../support/server.js";

const programs = usePrograms();
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const text = await readFile(path("docs/migration.md"), "utf8");

interface Step {
  readonly command: string;
  readonly output: string;
}

/** The commands of a section, with what they print. */
const stepsOf = (section: string): readonly Step[] =>
  [...section.matchAll(/^```\n(\$ [^]*?)^```$/gm)].flatMap(([, block]) =>
    (block as string).split(/^\$ /m).flatMap((step) => {
      const end = step.indexOf("\n");
      return end < 0 ? [] : [{ command: step.slice(0, end), output: step.slice(end + 1) }];
    }),
  );

const sections = text.split(/^## /m).map((section) => ({ title: section.split("\n", 1)[0], steps: stepsOf(section) }));

/** What differs from run to run. */
const steady = (output: string): string =>
  output.replaceAll(/[\d,.]+ (s,|(rows|users)\/s)/g, "N $1").replaceAll(/event_\w+/g, "event_E");

const hasJq = spawnSync("jq", ["--version"]).status === 0;

describe("docs/migration.md", () => {
  const withCommands = sections.filter(({ steps }) => steps.length > 0);

  it.each(withCommands)("shows commands that work as it says: $title", async ({ steps }) => {
    if (steps.some(({ command }) => command.startsWith("jq ")) && !hasJq) return;
    const server = await startServer();
    const folder = await programs.folder();
    await cp(sample("."), folder, { recursive: true });
    const roster = `roster() { "${process.execPath}" "${path("dist/src/cli.js")}" "$@"; }; exec 2>&1; `;
    try {
      for (const { command, output } of steps) {
        const options = { cwd: folder, env: { ...process.env, ROSTER_LISTEN: server.address } };
        const { stdout } = await promisify(execFile)("bash", ["-c", roster + command], options).catch(
          (error: { readonly stdout: string }) => error,
        );
        expect(`$ ${command}\n${steady(stdout)}`).toBe(`$ ${command}\n${steady(output)}`);
      }
    } finally {
      await server.stop();
    }
  });

  it("has commands for every system that it names", () => {
    expect(withCommands.map(({ title }) => title)).toEqual([
      "How an import goes",
      "Files of your own",
      "From Firebase Authentication",
      "From Auth0",
      "From Keycloak",
      "From WorkOS",
      "Getting out",
    ]);
  });
});
