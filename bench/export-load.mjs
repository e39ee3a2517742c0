// Reads a whole ExportUsers and counts its rows by their frames in the messages. A process of its own; arguments are a JSON
// object, the answer is one on stdout.
import { credentials, makeClientConstructor } from "@grpc/grpc-js";

const { address } = JSON.parse(process.argv[2]);
const rowTag = 10;

/** How many rows a response holds, without decoding any. */
const countRows = (bytes) => {
  let count = 0;
  for (let i = 0; i < bytes.length; ) {
    const isRow = bytes[i++] === rowTag;
    let [length, shift] = [0, 0];
    let byte;
    do {
      byte = bytes[i++];
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    i += length;
    if (isRow) count++;
  }
  return count;
};

const method = {
  path: "/roster.v1.UserService/ExportUsers",
  requestStream: false,
  responseStream: true,
  requestSerialize: (bytes) => bytes,
  responseDeserialize: countRows,
};
const Client = makeClientConstructor({ exportUsers: method }, "UserService");
const client = new Client(address, credentials.createInsecure());
const started = performance.now();
let rows = 0;
for await (const count of client.exportUsers(Buffer.alloc(0))) rows += count;
const seconds = (performance.now() - started) / 1_000;
client.close();
process.stdout.write(`${JSON.stringify({ calls: rows, perSecond: rows / seconds })}\n`);
