// What passwords cost on this machine: hashes per second, verifications of imported hashes, checks of the policy, and whether
// the time of a refusal tells what is stored. Run `npm run build` first, then `node bench/passwords.mjs`; the last part alone is
// `node bench/refusals.mjs`.
import { availableParallelism } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  checkPasswordPolicy,
  HashingPool,
  hashPassword,
  parsePasswordHash,
  verifyPassword,
} from "../dist/src/passwords/index.js";

const cores = availableParallelism();
const seconds = 3;
const print = (name, ...values) => console.log(name.padEnd(44), ...values.map((value) => String(value).padStart(12)));

/** How often `work` is done in a second, `concurrency` at a time, and in a second of CPU time. */
const rate = async (concurrency, work) => {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const end = started + seconds * 1_000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (done / (performance.now() - started)) * 1_000, perCpuSecond: (done / (user + system)) * 1e6 };
};

console.log(`${cores} cores, Node ${process.version}`);
print("bcrypt, hashes a second", "of CPU time", `on ${cores} cores`);
for (const cost of [10, 11, 12, 13, 14, 15]) {
  const { perSecond, perCpuSecond } = await rate(cores, () => hashPassword("correct horse battery", cost));
  print(`  cost ${cost}`, perCpuSecond.toFixed(1), perSecond.toFixed(1));
}

const salt = Buffer.alloc(16, 1).toString("base64");
const bytes = (length) => Buffer.alloc(length, 2).toString("base64");
const firebaseTail = `ss=Bw,sk=${bytes(64)}$${salt}$${bytes(64)}`;
const imported = [
  ["scrypt n=16384, r=8, p=1", "SCRYPT", `$scrypt$ln=14,r=8,p=1$${salt}$${bytes(32)}`],
  ["scrypt n=65536, r=8, p=1", "SCRYPT", `$scrypt$ln=16,r=8,p=1$${salt}$${bytes(32)}`],
  ["scrypt at its bounds: n=65536, r=8, p=16", "SCRYPT", `$scrypt$ln=16,r=8,p=16$${salt}$${bytes(32)}`],
  ["firebase m=14, r=8", "FIREBASE_SCRYPT", `$firebase-scrypt$v=1$r=8,m=14,${firebaseTail}`],
  ["firebase at its bounds: m=16, r=16", "FIREBASE_SCRYPT", `$firebase-scrypt$v=1$r=16,m=16,${firebaseTail}`],
  ["pbkdf2 sha256, 600,000", "PBKDF2", `$pbkdf2$i=600000,d=sha256$${salt}$${bytes(32)}`],
  ["pbkdf2 sha512, 210,000", "PBKDF2", `$pbkdf2$i=210000,d=sha512$${salt}$${bytes(64)}`],
  ["pbkdf2 at its bounds: 2,000,000, two blocks", "PBKDF2", `$pbkdf2$i=2000000,d=sha256$${salt}$${bytes(64)}`],
  ["argon2id 64 MiB, t=3, p=4", "ARGON2", `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${bytes(32)}`],
  ["argon2id 19 MiB, t=2, p=1", "ARGON2", `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${bytes(32)}`],
  ["argon2id at its bounds: 256 MiB, t=10", "ARGON2", `$argon2id$v=19$m=262144,t=10,p=4$${salt}$${bytes(32)}`],
  ["bcrypt at its bounds: cost 15", "BCRYPT", `$2b$15$${".".repeat(53)}`],
];
print("verification of one imported hash", "CPU ms");
for (const [name, algorithm, hash] of imported) {
  const credential = parsePasswordHash({ algorithm, hash });
  if ("problem" in credential) throw new Error(`${name}: ${credential.problem}`);
  const before = process.cpuUsage();
  await verifyPassword(credential, "correct horse battery");
  const { user, system } = process.cpuUsage(before);
  print(`  ${name}`, ((user + system) / 1_000).toFixed(0));
}

const owner = { email: "ada.lovelace@example.com", names: ["Ada", "Lovelace"] };
const before = process.memoryUsage().rss;
const started = performance.now();
await checkPasswordPolicy("correct horse battery", owner);
const loaded = performance.now() - started;
print("strength estimator", "ms", "memory, MiB");
print("  first check", loaded.toFixed(0), ((process.memoryUsage().rss - before) / 1_048_576).toFixed(0));
const passwords = {
  "12 random characters": "x9$kQ2!vB7@m",
  "four words": "correct horse battery staple",
  "72 random characters": "gX9$kQ2!vB7@mZ4#rT6^wL8&jN3*hC5(fD1)sP0-yU=eR+aO|iI{uY}qE[dK]bG:cH;nJ<l5",
  "72 characters of substitutions": "4@8({[<369!|10$5+7%2".repeat(4).slice(0, 72),
  "72 characters, weak to the end": ["password", "qwertyui", "iloveyou"].map((word) => word.repeat(3)).join(""),
};
print("check of the policy", "median, ms", "longest, ms");
for (const [name, password] of Object.entries(passwords)) {
  const times = [];
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    await checkPasswordPolicy(password, owner);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  print(`  ${name}`, times[25].toFixed(1), times[49].toFixed(1));
}

print("turn of the event loop beside hashing", "p50, ms", "p99, ms");
const delayOf = async (name, pool, work) => {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  const hashing = rate(cores * 2, () => pool.run(() => work()));
  await hashing;
  histogram.disable();
  print(`  ${name}`, (histogram.percentile(50) / 1e6).toFixed(1), (histogram.percentile(99) / 1e6).toFixed(1));
};
const pool = new HashingPool();
await delayOf("idle", pool, () => new Promise((resolve) => setTimeout(resolve, 50)));
await delayOf("bcrypt cost 12, pool full", pool, () => hashPassword("correct horse battery", 12));

await import("./refusals.mjs");
