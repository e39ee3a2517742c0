import { Client, credentials, Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceService } from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";
import { failure } from "../support/call.js";
import { asIs, rawCodec } from "./raw-codec.js";

const methods = Object.entries(UserServiceService);

const server = new Server();
const attempts = new Map<string, number>();
let client: Client;

/** The status of the next attempt: UNAVAILABLE for the first, then OK. */
const attempt = (path: string): Error | undefined => {
  const count = (attempts.get(path) ?? 0) + 1;
  attempts.set(path, count);
  return count === 1
    ? Object.assign(new Error("try again"), { code: status.UNAVAILABLE, metadata: new Metadata() })
    : undefined;
};

beforeAll(async () => {
  for (const [name, { path, requestStream, responseStream }] of methods) {
    const handler = responseStream
      ? (call: any) => {
          const error = attempt(path);
          if (error) call.emit("error", error);
          else call.end();
        }
      : (_call: unknown, callback: any) => callback(attempt(path), Buffer.alloc(0));
    server.addService({ [name]: { path, requestStream, responseStream, ...rawCodec } }, { [name]: handler });
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), { "grpc.service_config": serviceConfig });
});

afterAll(() => {
  client.close();
  server.forceShutdown();
});

const run = ({ path, requestStream, responseStream }: (typeof methods)[number][1]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    if (!responseStream) {
      client.makeUnaryRequest(path, asIs, asIs, Buffer.alloc(0), (error) => (error ? reject(error) : resolve("OK")));
      return;
    }
    const duplex = requestStream ? client.makeBidiStreamRequest(path, asIs, asIs) : undefined;
    const stream = duplex ?? client.makeServerStreamRequest(path, asIs, asIs, Buffer.alloc(0));
    stream.on("data", () => {});
    stream.on("error", reject);
    stream.on("end", () => resolve("OK"));
    duplex?.end(Buffer.alloc(0));
  });

describe("a client with the service config, when the first attempt ends with UNAVAILABLE,", () => {
  it.each(methods.filter(([name]) => name !== "importUsers"))("tries %s again", async (_name, method) => {
    expect(await run(method)).toBe("OK");
    expect(attempts.get(method.path)).toBe(2);
  });

  it("does not try ImportUsers again, of which some rows may have been written", async () => {
    const { importUsers } = UserServiceService;
    expect((await failure(run(importUsers))).code).toBe("UNAVAILABLE");
    expect(attempts.get(importUsers.path)).toBe(1);
  });
});
