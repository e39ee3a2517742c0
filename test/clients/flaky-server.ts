import {
  credentials,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  status,
} from "@grpc/grpc-js";
import { UserServiceClient, UserServiceService } from "../../gen/ts/roster/v1/user_service.js";
import { asIs, rawCodec } from "./raw-codec.js";

/** Stands in front of a server and has it do every call; when that went well, answers UNAVAILABLE the first time. */
export class FlakyServer {
  /** Calls that were done and then answered with UNAVAILABLE. */
  refused = 0;
  readonly #server = new Server();
  readonly #upstream: UserServiceClient;
  readonly #seen = new Set<string>();

  private constructor(upstream: string) {
    this.#upstream = new UserServiceClient(upstream, credentials.createInsecure());
  }

  static async start(upstream: string): Promise<{ flaky: FlakyServer; address: string }> {
    const flaky = new FlakyServer(upstream);
    for (const [name, { path, requestStream, responseStream }] of Object.entries(UserServiceService)) {
      const handler = responseStream ? flaky.#stream(path) : flaky.#unary(path);
      flaky.#server.addService({ [name]: { path, requestStream, responseStream, ...rawCodec } }, { [name]: handler });
    }
    const port = await new Promise<number>((resolve, reject) => {
      flaky.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return { flaky, address: `127.0.0.1:${port}` };
  }

  stop(): void {
    this.#upstream.close();
    this.#server.forceShutdown();
  }

  #unary(path: string): handleUnaryCall<Buffer, Buffer> {
    return ({ request }, callback) => {
      this.#forward(path, request).then(([message]) => callback(null, message), callback);
    };
  }

  #stream(path: string): handleServerStreamingCall<Buffer, Buffer> {
    return (call) => {
      this.#forward(path, call.request).then(
        (messages) => {
          for (const message of messages) call.write(message);
          call.end();
        },
        (error) => call.emit("error", error),
      );
    };
  }

  async #forward(path: string, request: Buffer): Promise<Buffer[]> {
    const messages: Buffer[] = [];
    for await (const message of this.#upstream.makeServerStreamRequest(path, asIs, asIs, request)) {
      messages.push(message as Buffer);
    }
    const key = path + request.toString("base64");
    if (this.#seen.has(key)) return messages;
    this.#seen.add(key);
    this.refused += 1;
    throw Object.assign(new Error("try again"), { code: status.UNAVAILABLE, metadata: new Metadata() });
  }
}
