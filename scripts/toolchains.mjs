// The toolchains of the client languages, and what is fetched or built with them: kept in the user's cache folder, under
// the hash of everything that went into it, so that each is made once.
import { execFileSync } from "node:child_process";
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
};

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "roster");

const capture = ([command, ...args]) => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
};

/** The command of a language's toolchain that does not work here; undefined when all do. */
export const missingCommand = (language) =>
  commands[language]?.find((command) => capture(command) === undefined)?.join(" ");

export const hashOf = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** The folder `name` of the cache that `make(folder)` filled when the toolchain and `state` were the same as now. */
export const cached = (name, language, state, make) => {
  const folder = join(cache, `${name}-${hashOf([state, commands[language].map(capture)])}`);
  if (existsSync(folder)) return folder;
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

/** Runs a command; what it prints goes to the standard error stream. */
export const run = (command, args, { env, ...options } = {}) =>
  execFileSync(command, args, { ...options, env: { ...process.env, ...env }, stdio: ["ignore", 2, 2] });

/** Installs Go programs, `module/path@version`, into a folder. */
export const goInstall = (folder, programs) => {
  for (const program of programs) run("go", ["install", program], { env: { GOBIN: folder } });
};

/** Installs Python packages into a folder that then goes into PYTHONPATH; needs no virtual environment. */
export const pipInstall = (folder, packages) =>
  run(
    "python3",
    ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--target", folder, ...packages],
    {
      // Its warning about running as root is about folders of the system.
      env: { PIP_ROOT_USER_ACTION: "ignore" },
    },
  );

export const maven = (...args) => run("mvn", ["--batch-mode", "--quiet", "-Dstyle.color=never", ...args]);
