// Lists all users, or all events, again and again until it is told to end, several lists at a time over one connection.
// Arguments are a JSON object. Prints a line when the first page has come, and at the end how many pages there were, as JSON.
import { constants, setPriority } from "node:os";
import { credentials, makeClientConstructor } from "@grpc/grpc-js";
import { listEvents, listUsers } from "./requests.mjs";

const { address, lists, pageSize, of = "users" } = JSON.parse(process.argv[2]);
const { path, request } = {
  users: { path: "/roster.v1.UserService/ListUsers", request: listUsers(pageSize) },
  events: { path: "/roster.v1.EventService/ListEvents", request: listEvents(pageSize) },
}[of];
const method = {
  path,
  requestStream: false,
  responseStream: true,
  requestSerialize: (bytes) => bytes,
  // As they are: the server is what is measured.
  responseDeserialize: (bytes) => bytes,
};
const Client = makeClientConstructor({ list: method }, "Lists");
const client = new Client(address, credentials.createInsecure());
let pages = 0;
// It shares the machine with what is measured.
setPriority(constants.priority.PRIORITY_LOW);
process.once("SIGTERM", () => {
  process.stdout.write(`${JSON.stringify({ pages })}\n`, () => process.exit(0));
});

const listForever = async () => {
  for (;;) {
    for await (const _page of client.list(request)) {
      if (pages === 0) console.log("begun");
      pages += 1;
    }
  }
};
await Promise.all(Array.from({ length: lists }, listForever));
