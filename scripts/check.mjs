// Everything that is checked beside the tests. Runs all checks, prints the output of those that fail.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingLanguages } from "./plugins.mjs";

const root = join(import.meta.dirname, "..");
const bin = (name) => join(root, "node_modules/.bin", name);
const git = (...args) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** The commit whose protos callers may already use: where this branch left main, or the one before on main itself. */
const baseCommit = () => {
  for (const args of [
    ["merge-base", "HEAD", "origin/main"],
    ["rev-parse", "HEAD~1"],
  ]) {
    try {
      const commit = git(...args).trim();
      if (commit === git("rev-parse", "HEAD").trim()) continue;
      git("cat-file", "-e", `${commit}:proto`);
      return commit;
    } catch {
      // No such commit, or no protos in it.
    }
  }
  return undefined;
};

const fresh = mkdtempSync(join(tmpdir(), "roster-gen-"));
const base = baseCommit();
const missing = missingLanguages();
// What building a client package leaves beside its sources.
const ignored = ["target", "build", "__pycache__", "*.egg-info", ...missing.keys()];
const checks = [
  ["types", bin("tsc"), "--noEmit"],
  ["lint", bin("oxlint"), "--type-aware", "--deny-warnings", "src", "test", "scripts", "examples"],
  ["format", bin("biome"), "format", "."],
  ["proto lint", bin("buf"), "lint"],
  ["proto format", bin("buf"), "format", "--diff", "--exit-code"],
  ["proto breaking changes", bin("buf"), "breaking", "--against", `.git#ref=${base}`],
  ["gen/ generated from proto/", process.execPath, join(root, "scripts/generate.mjs"), fresh],
  [
    "gen/ up to date (else: npm run generate)",
    "diff",
    ...["-r", "-q", ...ignored.map((name) => `--exclude=${name}`)],
    ...[join(root, "gen"), join(fresh, "gen")],
  ],
];

let failed = 0;
for (const [language, command] of missing) {
  const inCi = process.env.CI === "true";
  if (inCi) failed += 1;
  console.log(`check: gen/${language} up to date: ${inCi ? "FAILED" : "skipped"}, ${command} does not work here`);
}
for (const [name, command, ...args] of checks) {
  if (name === "proto breaking changes" && base === undefined) {
    console.log(`check: ${name}: skipped, there is no earlier commit with protos`);
    continue;
  }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  console.log(`check: ${name}: ${status === 0 ? "ok" : "FAILED"}`);
  if (status === 0) continue;
  failed += 1;
  console.log(stdout + stderr);
}
rmSync(fresh, { recursive: true, force: true });
process.exitCode = failed > 0 ? 1 : 0;
