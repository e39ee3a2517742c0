import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { freePort } from "../support/ports.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, getUser } from "../support/users.js";
import { kinds } from "./kinds.mjs";

const maxMiB = 400;
const atATime = 5;

let server: ServerProcess;
let users: UserServiceClient;
let metricsAddress: string;

beforeAll(async () => {
  metricsAddress = `127.0.0.1:${await freePort()}`;
  server = await ServerProcess.start({
    MONGODB_URI: inject("mongodbUri"),
    ROSTER_DATABASE: `test-abuse-${process.pid}`,
    ROSTER_METRICS_LISTEN: metricsAddress,
    ROSTER_REQUEST_TIMEOUT: "1s",
  });
  users = new UserServiceClient(server.address, ChannelCredentials.createInsecure());
  for (let i = 0; i < 20; i++) await createUser(users);
});

afterAll(async () => {
  users?.close();
  await server?.stop();
});

const groups = Array.from({ length: Math.ceil(kinds.length / atATime) }, (_, i) =>
  kinds.slice(i * atATime, (i + 1) * atATime),
);

const misbehave = async (kind: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ["test/abuse/misbehave.mjs", kind, server.address], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface({ input: child.stdout }), "line");
  child.stdout.resume();
  return child;
};

const residentMiB = (): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.process.pid}/status`, "utf8"))?.[1]) / 1_024;

const openCalls = async (): Promise<number> => {
  const text = await (await fetch(`http://${metricsAddress}/metrics`)).text();
  const values = [...text.matchAll(/^roster_open_calls\{.*\} (\d+)$/gm)].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0);
};

describe("while clients misbehave", () => {
  it.each(groups.map((group) => [group.join(", "), group] as const))(
    "others are served, and nothing stays behind: %s",
    async (_name, group) => {
      const { id } = await createUser(users);
      const children = await Promise.all(group.map(misbehave));
      try {
        for (let calls = 0; calls < 20; calls++) {
          expect(await getUser(users, id)).toMatchObject({ id });
          expect(residentMiB()).toBeLessThan(maxMiB);
          await sleep(50);
        }
      } finally {
        for (const child of children) child.kill("SIGKILL");
      }
      await expect.poll(openCalls, { timeout: 20_000 }).toBe(0);
    },
  );
});
