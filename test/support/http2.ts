import { connect } from "node:http2";

/** Puts a message into the frame that gRPC sends it in. */
export const frame = (message: Uint8Array): Buffer => {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
};

/** Calls a method and reads nothing of the answer; a client of grpc-js would read some messages ahead. */
export const callWithoutReading = (address: string, path: string, request: Uint8Array): { close(): void } => {
  const session = connect(`http://${address}`);
  const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };
  session.request(headers).end(frame(request));
  return { close: () => session.destroy() };
};
