import { pbkdf2 } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { promisify } from "node:util";

const tasks = "/proc/self/task";
/**
 * Beside what else is busy on the same core, a thread of this priority gets a tenth of the time. The lowest gets a
 * seventieth: sign-ins came to a standstill.
 */
const poolPriority = constants.priority.PRIORITY_BELOW_NORMAL;

/** How many threads the pool has: libuv reads the same variable. */
export const poolThreads = (): number => {
  const given = Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? "", 10);
  return Number.isNaN(given) ? 4 : Math.min(Math.max(given, 1), 1_024);
};

let lowered: Promise<readonly number[]> | undefined;

/**
 * Gives the threads of libuv's pool a low priority, once in the life of the process, so that hashing takes mostly the CPU
 * time that the event loop leaves. Resolves to the ids of these threads; to none where there is no Linux, where it is
 * not allowed, or where the threads cannot be told apart. Never rejects.
 */
export const lowerPoolPriority = (): Promise<readonly number[]> => {
  lowered ??= lower().catch(() => []);
  return lowered;
};

const lower = async (): Promise<readonly number[]> => {
  if (process.platform !== "linux") return [];
  const named = await threadsNamed("libuv-worker");
  const threads = named.length > 0 ? named : await measuredThreads();
  for (const thread of threads) setPriority(thread, poolPriority);
  return threads;
};

const threadIds = async (): Promise<number[]> => (await readdir(tasks)).map(Number);

/** Empty for a thread that has ended meanwhile. */
const readOf = (id: number, file: string): Promise<string> =>
  readFile(`${tasks}/${id}/${file}`, "utf8").catch(() => "");

/** Newer versions of libuv name their threads. */
const threadsNamed = async (name: string): Promise<number[]> => {
  const ids = await threadIds();
  const names = await Promise.all(ids.map((id) => readOf(id, "comm")));
  return ids.filter((_, i) => names[i]?.trim() === name);
};

/**
 * Older versions do not, and Node starts the pool before any of our code runs. So give the pool as many pieces of work as
 * it has threads, and see which threads used the CPU. One thread may take two pieces, so it takes several rounds; and
 * threads of the engine may be busy by chance, now and then, so those count that were seen twice and far more often than
 * any other.
 */
const measuredThreads = async (): Promise<number[]> => {
  const size = poolThreads();
  const seen = new Map<number, number>();
  for (let round = 0; round < 20; round++) {
    for (const thread of await busyThreads(size)) seen.set(thread, (seen.get(thread) ?? 0) + 1);
    const most = [...seen].toSorted(([, one], [, other]) => other - one);
    const [least = 0, next = 0] = [most[size - 1]?.[1], most[size]?.[1]];
    if (least >= 2 && least > 2 * next) return most.slice(0, size).map(([thread]) => thread);
  }
  return [];
};

const busyThreads = async (pieces: number): Promise<number[]> => {
  const before = await cpuTimes();
  await Promise.all(Array.from({ length: pieces }, () => promisify(pbkdf2)("", "", 20_000, 32, "sha256")));
  const after = await cpuTimes();
  after.delete(process.pid);
  const used = [...after].map(([id, time]) => ({ id, time: time - (before.get(id) ?? 0) }));
  const piece = used.reduce((sum, { time }) => sum + time, 0) / pieces;
  return used.filter(({ time }) => time > piece / 2).map(({ id }) => id);
};

/** The CPU time that each thread has used, in nanoseconds. */
const cpuTimes = async (): Promise<Map<number, number>> => {
  const ids = await threadIds();
  const texts = await Promise.all(ids.map((id) => readOf(id, "schedstat")));
  return new Map(ids.map((id, i) => [id, Number(texts[i]?.split(" ")[0])]));
};
