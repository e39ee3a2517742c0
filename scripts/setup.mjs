// Makes a checkout ready to run: installs the dependencies and builds, each only when something has changed. Of several
// that run at once, one does the work and the others wait for it.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Older versions of Node.js have no import.meta.dirname.
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Ends with one line that says what to do. */
const fail = (message) => {
  console.error(`setup: ${message}`);
  process.exit(1);
};

const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const numbers = (version) => version.match(/\d+/g).map(Number);
const [[wantedMajor, wantedMinor], [major, minor]] = [numbers(engines.node), numbers(process.version)];
if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  fail(
    `Roster needs Node.js ${wantedMajor}.${wantedMinor} or newer, and this is ${process.version}: install a newer one`,
  );
}

const lockFile = join(root, ".setup.lock");
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const holder = () => {
  try {
    return Number(readFileSync(lockFile, "utf8"));
  } catch {
    return undefined;
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Waits until no other setup of this checkout runs, and holds up those that start from now on. */
const lock = () => {
  for (let told = false; ; sleep(200)) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") fail(`cannot write into ${root}: ${error.message}`);
    }
    const pid = holder();
    if (pid !== undefined && isAlive(pid)) {
      if (!told) console.error(`setup: waiting for another setup (process ${pid})`);
      told = true;
      continue;
    }
    // It was killed. Of several that find this, the last one to put its file there goes on.
    writeFileSync(`${lockFile}.${process.pid}`, String(process.pid));
    renameSync(`${lockFile}.${process.pid}`, lockFile);
    sleep(500);
    if (holder() === process.pid) return;
  }
};

const step = (name, marker, state, commands) => {
  const markerFile = join(root, marker);
  const isDone = () => {
    try {
      return readFileSync(markerFile, "utf8") === state();
    } catch {
      return false;
    }
  };
  if (isDone()) return;
  lock();
  process.once("exit", () => rmSync(lockFile, { force: true }));
  // Another setup may have done it meanwhile.
  if (!isDone()) {
    console.error(`setup: ${name}`);
    const before = state();
    for (const command of commands) {
      try {
        execSync(command, { cwd: root, stdio: ["ignore", 2, 2] });
      } catch {
        fail(`${name} failed: \`${command}\` says why above; mend that and start again`);
      }
    }
    mkdirSync(join(markerFile, ".."), { recursive: true });
    writeFileSync(markerFile, before);
  }
  rmSync(lockFile, { force: true });
};

const hashOf = (texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex");

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const packages = readFileSync(join(root, "package-lock.json"), "utf8");
step("installing dependencies", "node_modules/.roster-installed", () => hashOf([packages, process.version]), [
  "npm ci --no-audit --no-fund --loglevel=error",
]);

const sources = () =>
  [...filesBelow("src"), ...filesBelow("gen"), join(root, "tsconfig.json"), join(root, "tsconfig.build.json")]
    .toSorted()
    .map((file) => [file, statSync(file).mtimeMs]);
step("building", "dist/.roster-built", () => hashOf([packages, sources()]), ["npm run --silent build"]);
