// Makes a checkout ready to run: installs the dependencies and builds, each only when something has changed.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

const step = (name, marker, state, commands) => {
  const markerFile = join(root, marker);
  const done = () => {
    try {
      return readFileSync(markerFile, "utf8") === state;
    } catch {
      return false;
    }
  };
  if (done()) return;
  console.error(`setup: ${name}`);
  for (const command of commands) execSync(command, { cwd: root, stdio: ["ignore", 2, 2] });
  mkdirSync(join(markerFile, ".."), { recursive: true });
  writeFileSync(markerFile, state);
};

const hashOf = (texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex");

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const lock = readFileSync(join(root, "package-lock.json"), "utf8");
step("installing dependencies", "node_modules/.roster-installed", hashOf([lock, process.version]), [
  "npm ci --no-audit --no-fund --loglevel=error",
]);

const sources = [
  ...filesBelow("src"),
  ...filesBelow("gen"),
  join(root, "tsconfig.json"),
  join(root, "tsconfig.build.json"),
];
const state = hashOf([lock, sources.toSorted().map((file) => [file, statSync(file).mtimeMs])]);
step("building", "dist/.roster-built", state, ["npm run --silent build"]);
