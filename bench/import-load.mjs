// Loads the directory through ImportUsers: rows with password hashes, in one stream. A process of its own; arguments are a
// JSON object, the answer is one on stdout.
import { randomUUID } from "node:crypto";
import { credentials, makeClientConstructor } from "@grpc/grpc-js";
import { ImportUsersResponse } from "../dist/gen/ts/roster/v1/user_service.js";
import { importMessages } from "./requests.mjs";

const { address, rows, mode, again = false } = JSON.parse(process.argv[2]);
const path = "/roster.v1.UserService/ImportUsers";
const method = {
  path,
  requestStream: true,
  responseStream: true,
  requestSerialize: (bytes) => bytes,
  responseDeserialize: (bytes) => ImportUsersResponse.decode(bytes).results,
};
const Client = makeClientConstructor({ importUsers: method }, "UserService");
const client = new Client(address, credentials.createInsecure());
const messages = importMessages(
  Array.from({ length: rows }, () => randomUUID()),
  mode,
);

const run = async () => {
  const started = performance.now();
  const stream = client.importUsers();
  const outcomes = {};
  const reading = (async () => {
    for await (const results of stream) {
      for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  })();
  for (const message of messages) {
    if (!stream.write(message)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
  await reading;
  return { seconds: (performance.now() - started) / 1_000, outcomes };
};

if (again) await run();
const { seconds, outcomes } = await run();
client.close();
process.stdout.write(`${JSON.stringify({ calls: rows, perSecond: rows / seconds, outcomes })}\n`);
