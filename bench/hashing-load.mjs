// Keeps the hashing of a server saturated until it is told to end: more callers than the pool and its queue have room for
// set passwords and sign in, and come back when they are told to. Arguments are a JSON object. Prints a line when the
// first call was refused for want of room, and at the end what became of the calls, as JSON.
import { randomUUID } from "node:crypto";
import { constants, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import {
  AuthenticateWithPasswordRequest,
  AuthenticationServiceClient,
} from "../dist/gen/ts/roster/v1/authentication_service.js";
import { CreateUserRequest, UserServiceClient } from "../dist/gen/ts/roster/v1/user_service.js";

const { address, callers } = JSON.parse(process.argv[2]);
const users = new UserServiceClient(address, ChannelCredentials.createInsecure());
const authentication = new AuthenticationServiceClient(address, ChannelCredentials.createInsecure());
const password = "correct horse battery";

const call = (client, method, request) =>
  new Promise((resolve) => client[method](request, (error) => resolve(error?.details)));

const setPassword = () => {
  const request = CreateUserRequest.fromPartial({ email: `${randomUUID()}@example.com`, password });
  return call(users, "createUser", request);
};
// An unknown email costs the same as a known one, and is not throttled.
const signIn = () => {
  const request = AuthenticateWithPasswordRequest.fromPartial({ email: `${randomUUID()}@example.com`, password });
  return call(authentication, "authenticateWithPassword", request);
};

const refused = "too many passwords are being hashed";
const expected = new Set([undefined, "the email and the password do not belong together", refused]);
const counts = { hashed: 0, refused: 0 };
let ended = false;
// Its own latency does not matter, and it shares the machine with what is measured.
setPriority(constants.priority.PRIORITY_LOW);
process.once("SIGTERM", () => {
  ended = true;
  process.stdout.write(`${JSON.stringify(counts)}\n`, () => process.exit(0));
});

await Promise.all(
  Array.from({ length: callers }, async (_, i) => {
    while (!ended) {
      const answer = await (i % 2 ? signIn() : setPassword());
      if (ended) return;
      if (!expected.has(answer)) throw new Error(answer);
      if (answer !== refused) {
        counts.hashed += 1;
        continue;
      }
      if (counts.refused === 0) console.log("saturated");
      counts.refused += 1;
      await sleep(2_000 + Math.random() * 2_000);
    }
  }),
);
