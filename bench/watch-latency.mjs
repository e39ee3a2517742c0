// From the acknowledgement of a change to its event at a watching client, one change at a time. A process of its own;
// arguments are a JSON object, the answer is one on stdout.
import { setTimeout as sleep } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { ChannelCredentials } from "@grpc/grpc-js";
import { EventServiceClient, WatchEventsRequest } from "../dist/gen/ts/roster/v1/event_service.js";
import { CreateUserRequest, UserServiceClient } from "../dist/gen/ts/roster/v1/user_service.js";
import { summarize } from "./latencies.mjs";
import { typicalUser } from "./requests.mjs";

const { address, changes, watches } = JSON.parse(process.argv[2]);
const users = new UserServiceClient(address, ChannelCredentials.createInsecure());
const connections = Array.from(
  { length: Math.ceil(watches / 100) },
  () => new EventServiceClient(address, ChannelCredentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 }),
);

// When the last of the watches has got the event about a user.
const waiting = new Map();
const open = (client) =>
  new Promise((resolve) => {
    const stream = client.watchEvents(WatchEventsRequest.fromPartial({}));
    stream.on("error", () => {});
    stream.on("data", ({ events }) => {
      resolve(stream);
      for (const { object } of events) waiting.get(object.value.email)?.();
    });
  });
const streams = [];
for (let i = 0; i < watches; i++) streams.push(await open(connections[i % connections.length]));

const change = async () => {
  const email = `${randomUUID()}@example.com`;
  let left = watches;
  const delivered = new Promise((resolve) => {
    waiting.set(email, () => {
      left -= 1;
      if (left === 0) resolve(performance.now());
    });
  });
  const acknowledged = await new Promise((resolve, reject) => {
    const request = CreateUserRequest.fromPartial({ ...typicalUser(randomUUID()), email });
    users.createUser(request, (error) => (error ? reject(error) : resolve(performance.now())));
  });
  return Math.max(0, (await delivered) - acknowledged) * 1_000;
};

const latencies = [];
const started = performance.now();
for (let i = 0; i < changes; i++) {
  latencies.push(await change());
  await sleep(Math.random() * 20);
}
process.stdout.write(`${JSON.stringify(summarize(latencies, (performance.now() - started) / 1_000))}\n`);
process.exit(0);
