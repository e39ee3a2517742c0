// How long a sign-in with a wrong password takes, by the kind of the stored hash: starts a mongod and a server, and prints
// medians over 50 tries of each kind, interleaved, and their ratio to that of an unknown email: of the time that the caller waits,
// and of the CPU time that the server takes, which depends less on what else the machine does. ROSTER_BCRYPT_COST counts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelCredentials } from "@grpc/grpc-js";
import {
  AuthenticateWithPasswordRequest,
  AuthenticationServiceClient,
} from "../dist/gen/ts/roster/v1/authentication_service.js";
import { PasswordHashAlgorithm } from "../dist/gen/ts/roster/v1/password.js";
import { CreateUserRequest, UserServiceClient } from "../dist/gen/ts/roster/v1/user_service.js";
import { EmbeddedMongod } from "../dist/src/mongo/embedded/mongod.js";
import { hashPassword, parsePasswordHash, verifyPassword } from "../dist/src/passwords/index.js";
import { startNode, stop } from "./processes.mjs";

const tries = Number(process.env.REFUSAL_TRIES ?? 50);
// So that no email has more failures than there may be.
const triesOfUser = 10;
const cost = Number(process.env.ROSTER_BCRYPT_COST ?? 12);

const salt = Buffer.alloc(16, 1).toString("base64");
const bytes = (length) => Buffer.alloc(length, 2).toString("base64");
const bcryptOf = (of) => `$2b$${String(of).padStart(2, "0")}$${".".repeat(53)}`;
const argon2 = (parameters) => `$argon2id$v=19$${parameters}$${salt}$${bytes(32)}`;

/** Undefined: no user. Without an algorithm: a user without a password. */
const kinds = {
  "unknown email": undefined,
  "no password": {},
  "password set here": { algorithm: "BCRYPT", hash: bcryptOf(cost) },
  "imported bcrypt, cost 4": { algorithm: "BCRYPT", hash: bcryptOf(4) },
  [`bcrypt, cost ${cost - 2}`]: { algorithm: "BCRYPT", hash: bcryptOf(cost - 2) },
  [`bcrypt, cost ${cost - 1}`]: { algorithm: "BCRYPT", hash: bcryptOf(cost - 1) },
  SSHA: { algorithm: "SSHA", hash: `{SSHA}${bytes(28)}` },
  "pbkdf2 sha256, 1,000": { algorithm: "PBKDF2", hash: `$pbkdf2$i=1000,d=sha256$${salt}$${bytes(32)}` },
  "pbkdf2 sha256, 100,000": { algorithm: "PBKDF2", hash: `$pbkdf2$i=100000,d=sha256$${salt}$${bytes(32)}` },
  "pbkdf2 sha256, 600,000": { algorithm: "PBKDF2", hash: `$pbkdf2$i=600000,d=sha256$${salt}$${bytes(32)}` },
  "pbkdf2 sha512, 210,000": { algorithm: "PBKDF2", hash: `$pbkdf2$i=210000,d=sha512$${salt}$${bytes(64)}` },
  "argon2id 64 KiB, t=1": { algorithm: "ARGON2", hash: argon2("m=64,t=1,p=1") },
  "argon2id 19 MiB, t=2": { algorithm: "ARGON2", hash: argon2("m=19456,t=2,p=1") },
  "argon2id 64 MiB, t=3, p=4": { algorithm: "ARGON2", hash: argon2("m=65536,t=3,p=4") },
  "scrypt n=16384, r=8": { algorithm: "SCRYPT", hash: `$scrypt$ln=14,r=8,p=1$${salt}$${bytes(32)}` },
  "scrypt n=65536, r=8": { algorithm: "SCRYPT", hash: `$scrypt$ln=16,r=8,p=1$${salt}$${bytes(32)}` },
};

const print = (name, ...values) => console.log(name.padEnd(32), ...values.map((value) => String(value).padStart(14)));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const timed = async (work) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** The CPU time that all threads of a process have used, in milliseconds; 0 where there is no /proc. */
const cpuMs = (pid) => {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`).map((id) =>
      readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8"),
    );
    return tasks.reduce((sum, text) => sum + Number(text.split(" ")[0]) / 1e6, 0);
  } catch {
    return 0;
  }
};

/** What the machine takes for it when nothing comes between: the least of some times. */
const leastMs = async (work) => {
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await timed(work));
  return Math.min(...times);
};

const verificationMs = async (given) => {
  const credential = parsePasswordHash(given);
  return leastMs(() => verifyPassword(credential, "correct horse battery"));
};

const dataDir = mkdtempSync(join(tmpdir(), "roster-refusals-"));
const mongod = await EmbeddedMongod.start({ dataDir, report: (line) => console.error(line) });
try {
  const { child: server, match } = await startNode(join(import.meta.dirname, "../dist/src/cli.js"), ["serve"], {
    env: { MONGODB_URI: mongod.uri, ROSTER_DATABASE: "refusals", ROSTER_LISTEN: "127.0.0.1:0" },
    ready: /listening on (127\.0\.0\.1:\d+)/,
  });
  const credentials = ChannelCredentials.createInsecure();
  const users = new UserServiceClient(match[1], credentials);
  const authentication = new AuthenticationServiceClient(match[1], credentials);

  for (const [i, given] of Object.values(kinds).entries()) {
    for (let n = 0; given && n * triesOfUser < tries; n++) {
      const { algorithm, hash } = given;
      const passwordHash = algorithm && { algorithm: PasswordHashAlgorithm[algorithm], hash };
      const request = CreateUserRequest.fromPartial({
        email: `${i}-${n}@example.com`,
        ...(algorithm && { passwordHash }),
      });
      await new Promise((resolve, reject) => users.createUser(request, (error) => (error ? reject(error) : resolve())));
    }
  }
  const refused = (email) =>
    new Promise((resolve, reject) => {
      const request = AuthenticateWithPasswordRequest.fromPartial({ email, password: "staple of another kind" });
      authentication.authenticateWithPassword(request, (error) =>
        error?.details === "the email and the password do not belong together" ? resolve() : reject(error),
      );
    });

  const times = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  const cpu = structuredClone(times);
  for (let round = 0; round < tries; round++) {
    for (const [i, name] of Object.keys(kinds).entries()) {
      const email = `${i}-${Math.floor(round / triesOfUser)}@example.com`;
      const before = cpuMs(server.pid);
      times[name].push(await timed(() => refused(email)));
      cpu[name].push(cpuMs(server.pid) - before);
    }
  }

  const full = await leastMs(() => hashPassword("a", cost));
  const unknown = median(times["unknown email"]);
  let furthest = 0;
  const unknownCpu = median(cpu["unknown email"]);
  print(`a wrong password, cost ${cost}`, "median, ms", "to unknown", "CPU, ms", "to unknown", "hash alone, ms");
  for (const [name, given] of Object.entries(kinds)) {
    const alone = given?.algorithm ? await verificationMs(given) : 0;
    const ratio = median(times[name]) / unknown;
    const isDearer = alone > full;
    if (!isDearer) furthest = Math.max(furthest, Math.abs(ratio - 1));
    const toUnknown = (median(cpu[name]) / unknownCpu).toFixed(3);
    const hashAlone = `${isDearer ? "dearer: " : ""}${alone.toFixed(0)}`;
    print(
      `  ${name}`,
      median(times[name]).toFixed(1),
      ratio.toFixed(3),
      median(cpu[name]).toFixed(1),
      toUnknown,
      hashAlone,
    );
  }
  console.log(`furthest from the unknown email, but for dearer ones: ${(furthest * 100).toFixed(1)} %`);
  for (const client of [users, authentication]) client.close();
  await stop(server);
} finally {
  await mongod.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
