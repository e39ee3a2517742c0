import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials, type ClientOptions } from "@grpc/grpc-js";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { freePort } from "../support/ports.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, getUser } from "../support/users.js";
import { kinds, strangerKinds } from "./kinds.mjs";

const maxMiB = 400;
const atATime = 5;

const groupsOf = (all: readonly string[]) =>
  Array.from({ length: Math.ceil(all.length / atATime) }, (_, i) => all.slice(i * atATime, (i + 1) * atATime));

const misbehave = async (kind: string, server: ServerProcess): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ["test/abuse/misbehave.mjs", kind, server.address], {
    stdio: ["ignore", "pipe", "inherit"],
    // Another caller where callers are not asked.
    env: { ...process.env, MISBEHAVE_FROM: "127.0.0.2" },
  });
  await once(createInterface({ input: child.stdout }), "line");
  child.stdout.resume();
  return child;
};

const residentMiB = (server: ServerProcess): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.process.pid}/status`, "utf8"))?.[1]) / 1_024;

const openCalls = async (metricsAddress: string): Promise<number> => {
  const text = await (await fetch(`http://${metricsAddress}/metrics`)).text();
  const values = [...text.matchAll(/^roster_open_calls\{.*\} (\d+)$/gm)].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0);
};

/** A key in the database of a server that asks for one. */
const keyIn = async (database: string): Promise<ClientOptions> => {
  const mongo = new MongoClient(inject("mongodbUri"));
  const key = await makeKey(mongo.db(database), ["users:read", "users:write"]);
  await mongo.close();
  return withKey(key);
};

describe.each([
  ["while clients misbehave", kinds, {}],
  ["while clients without a key misbehave", strangerKinds, askingCallers],
])("%s", (_what, all, env) => {
  const database = `test-abuse-${process.pid}-${all.length}`;
  let server: ServerProcess;
  let users: UserServiceClient;
  let metricsAddress: string;

  beforeAll(async () => {
    metricsAddress = `127.0.0.1:${await freePort()}`;
    server = await ServerProcess.start({
      MONGODB_URI: inject("mongodbUri"),
      ROSTER_DATABASE: database,
      ROSTER_METRICS_LISTEN: metricsAddress,
      ROSTER_REQUEST_TIMEOUT: "1s",
      ...env,
    });
    users = new UserServiceClient(server.address, ChannelCredentials.createInsecure(), await keyIn(database));
    for (let i = 0; i < 20; i++) await createUser(users);
  });

  afterAll(async () => {
    users?.close();
    await server?.stop();
  });

  it.each(groupsOf(all).map((group) => [group.join(", "), group] as const))(
    "others are served, and nothing stays behind: %s",
    async (_name, group) => {
      const { id } = await createUser(users);
      const children = await Promise.all(group.map((kind) => misbehave(kind, server)));
      try {
        for (let calls = 0; calls < 20; calls++) {
          expect(await getUser(users, id)).toMatchObject({ id });
          expect(residentMiB(server)).toBeLessThan(maxMiB);
          await sleep(50);
        }
      } finally {
        for (const child of children) child.kill("SIGKILL");
      }
      await expect.poll(() => openCalls(metricsAddress), { timeout: 20_000 }).toBe(0);
    },
  );
});
