// The toolchains of the client languages, and what is fetched or built with them: kept in a cache folder under the hash
// of everything that went into it, so that each is made once.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The commands that must work for a language; what they print is part of the hash. */
const commands = {
  go: [["go", "version"]],
  python: [
    ["python3", "--version"],
    ["python3", "-m", "pip", "--version"],
  ],
  java: [
    ["javac", "-version"],
    ["mvn", "--version"],
  ],
  typescript: [["node", "--version"]],
};

/** Where fetched tools are kept, for every checkout of this user. */
export const userCache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "roster");

const captured = new Map();

/** What a command prints; undefined when it does not work. */
const capture = (line) => {
  const key = line.join(" ");
  if (!captured.has(key)) {
    const [command, ...args] = line;
    const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
    captured.set(key, status === 0 ? stdout : undefined);
  }
  return captured.get(key);
};

/** The command of a language's toolchain that does not work here; undefined when all do. */
export const missingCommand = (language) =>
  commands[language].find((command) => capture(command) === undefined)?.join(" ");

const hashOf = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** The folder in `cache` that `make(folder)` filled when `state` and the language's toolchain were the same as now. */
export const cached = ({ cache, name, language, state }, make) => {
  const folder = join(cache, `${name}-${hashOf([state, commands[language].map(capture)])}`);
  if (existsSync(folder)) return folder;
  console.error(`making ${name}`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    make(unfinished);
    // Another process may have been faster; its folder is as good.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
};

/** Runs a command; what it prints is of interest only when it fails. */
export const run = (command, args, { env, ...options } = {}) => {
  const result = spawnSync(command, args, { ...options, env: { ...process.env, ...env }, encoding: "utf8" });
  if (result.status === 0) return;
  console.error(result.stdout + result.stderr);
  throw new Error(`${command} ${args.join(" ")} failed`, { cause: result.error });
};

/** Installs Go programs, `module/path@version`, into a folder. */
export const goInstall = (folder, programs) => {
  for (const program of programs) run("go", ["install", program], { env: { GOBIN: folder } });
};

/** Installs Python packages into a folder, for PYTHONPATH; needs no virtual environment. */
export const pipInstall = (folder, packages) => {
  const options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--target", folder];
  // The warning about running as root is about folders of the system.
  run("python3", ["-m", "pip", "install", ...options, ...packages], { env: { PIP_ROOT_USER_ACTION: "ignore" } });
};

export const maven = (...args) => run("mvn", ["--batch-mode", "--quiet", "-Dstyle.color=never", ...args]);
