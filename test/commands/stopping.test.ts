import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, inject, it } from "vitest";
import { failure } from "../support/call.js";
import { Watch } from "../support/events.js";
import { keepOutputOf } from "../support/output.js";
import { usePrograms } from "../support/program.js";

const programs = usePrograms();
const database = { MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: "test-stopping" };

const groups = new Set<number>();
afterEach(() => {
  for (const pid of groups) process.kill(-pid, "SIGKILL");
  groups.clear();
});

/** `npm start` as a shell starts it: npm and the server in one process group, which gets the signals of the terminal. */
const npmStart = async () => {
  const npm = spawn("npm", ["start"], {
    env: { ...process.env, ...database, ROSTER_LISTEN: "127.0.0.1:0" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  keepOutputOf(npm, "npm-start");
  const pid = npm.pid as number;
  groups.add(pid);
  const lines: string[] = [];
  const closed = once(npm, "close").then(() => groups.delete(pid));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: npm.stdout }).on("line", (line) => {
      lines.push(line);
      const [, found] = /listening on ([\d.:]+)/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    void closed.then(() => reject(new Error(lines.join("\n"))));
  });
  return { pid, address, lines, closed };
};

describe("npm start", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("stops gracefully at a %s to its process group", async (signal) => {
    const { pid, address, lines, closed } = await npmStart();
    const watch = new Watch(address);
    await watch.message();
    const end = failure(watch.message());
    // npm gets it as well, and forwards it: the server gets it twice.
    process.kill(-pid, signal);
    expect(await end).toMatchObject({ code: "UNAVAILABLE", reason: "SHUTTING_DOWN" });
    await closed;
    const messages = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line).msg);
    expect(messages.filter((message) => message !== "call").slice(-2)).toEqual([`${signal}: shutting down`, "stopped"]);
  });
});

describe("a start that waits for its database", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends at a %s", async (signal) => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const server = programs.run(["serve"], { MONGODB_URI: `mongodb://127.0.0.1:${port}/?replicaSet=rs0` });
    await once(silent, "connection");
    const { code, stdout, stderr } = await server.kill(signal);
    expect([code, JSON.parse(stdout).msg, stderr]).toEqual([0, `${signal}: ended before it was ready`, ""]);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
