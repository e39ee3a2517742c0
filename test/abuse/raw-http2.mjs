// HTTP/2 by hand, for clients that do what no library lets them do.
import { connect } from "node:net";

export const types = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
  /** Of no meaning in HTTP/2. */
  unknown: 0x42,
};
export const endStream = 1;
export const endHeaders = 4;
const ack = 1;

export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export const uint32 = (...values) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
};

export const frame = (type, flags, stream, payload = Buffer.alloc(0)) => {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
};

/** Settings by their numbers: 4 is the window of a stream. */
export const settings = (values = {}) => {
  const pairs = Object.entries(values).map(([id, value]) =>
    Buffer.concat([Buffer.from([0, Number(id)]), uint32(value)]),
  );
  return frame(types.settings, 0, 0, Buffer.concat(pairs));
};

const text = (value) => {
  const bytes = Buffer.from(value);
  const length = [];
  let rest = bytes.length;
  if (rest < 127) length.push(rest);
  else {
    length.push(127);
    for (rest -= 127; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
};

/** Frames that open a stream for a call. `extra`: pairs whose names may be there already. More than 16 KiB are continued. */
export const callHeaders = (stream, path, { more = {}, extra = [], flags = 0 } = {}) => {
  const all = { ":method": "POST", ":scheme": "http", ":path": path, ":authority": "localhost" };
  const pairs = Object.entries({ ...all, "content-type": "application/grpc", te: "trailers", ...more }).concat(extra);
  const block = Buffer.concat(pairs.map(([name, value]) => Buffer.concat([Buffer.from([0]), text(name), text(value)])));
  const frames = [];
  for (let at = 0; at < block.length; at += 16_384) {
    const last = at + 16_384 >= block.length ? endHeaders : 0;
    const type = at === 0 ? types.headers : types.continuation;
    frames.push(frame(type, last | (at === 0 ? flags : 0), stream, block.subarray(at, at + 16_384)));
  }
  return Buffer.concat(frames);
};

/** A gRPC message, or the beginning of one that says it has `length` bytes. */
export const message = (bytes, length = bytes.length) => Buffer.concat([Buffer.from([0]), uint32(length), bytes]);

/** A connection on which every byte is up to its user. */
export class RawConnection {
  /** Resolves when the server has closed the connection, or said that it is of no more use. */
  over;
  isOver = false;
  /** Resolves when the server has closed the connection. */
  closed;
  /** Error codes of GOAWAY and of the last RST_STREAM. */
  goaway;
  reset;
  /** The last stream that was answered with headers. */
  answered;
  /** Whether the settings of the server are acknowledged. */
  acknowledges = true;
  /** How many streams the server has closed. */
  closedStreams = 0;
  #pings = 0;
  #end;
  #speaks;
  #received = Buffer.alloc(0);

  /** `localAddress`: where it comes from; absent, the system chooses. */
  constructor(address, hello = Buffer.concat([preface, settings()]), localAddress) {
    const [host, port] = address.split(":");
    this.socket = connect({ host, port: Number(port), ...(localAddress && { localAddress }) });
    this.socket.setMaxListeners(0);
    this.socket.on("data", (bytes) => this.#read(bytes));
    this.socket.on("error", () => {});
    this.over = new Promise((resolve) => {
      this.#end = () => {
        this.isOver = true;
        resolve();
      };
    });
    this.closed = new Promise((resolve) => this.socket.once("close", resolve));
    this.socket.once("close", this.#end);
    this.#speaks = hello.subarray(0, preface.length).equals(preface);
    if (hello.length > 0) this.socket.write(hello);
  }

  /** Resolves when the socket takes more. */
  async write(bytes) {
    if (this.isOver || this.socket.destroyed || this.socket.write(bytes)) return;
    await Promise.race([new Promise((resolve) => this.socket.once("drain", resolve)), this.over]);
  }

  /** Resolves when the server has seen everything that was sent before, or the connection is over. */
  async ping() {
    const pings = this.#pings;
    await this.write(frame(types.ping, 0, 0, Buffer.alloc(8)));
    while (this.#pings === pings && !this.isOver) await new Promise((resolve) => setImmediate(resolve));
  }

  #read(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      if (this.#received.length < 9) return;
      const end = 9 + this.#received.readUIntBE(0, 3);
      if (this.#received.length < end) return;
      if (this.#received[3] === types.headers) this.answered = this.#received.readUInt32BE(5);
      this.#take(this.#received[3], this.#received[4], this.#received.subarray(9, end));
      this.#received = this.#received.subarray(end);
    }
  }

  #take(type, flags, payload) {
    const isNews = type === types.settings && !(flags & ack);
    if (isNews && this.#speaks && this.acknowledges) this.socket.write(frame(types.settings, ack, 0));
    if (type === types.reset) this.reset = payload.readUInt32BE(0);
    if (type === types.reset || ((type === types.headers || type === types.data) && flags & endStream))
      this.closedStreams += 1;
    if (type === types.ping && flags & ack) this.#pings += 1;
    if (type === types.goaway) {
      this.goaway = payload.readUInt32BE(4);
      this.#end();
    }
  }
}
