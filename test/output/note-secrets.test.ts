import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ChannelCredentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { failure } from "../support/call.js";
import { type Secret, secretsFile } from "../support/find-secrets.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const notedAs = (text: string): string[] =>
  readFileSync(join(inject("outputFolder"), secretsFile), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Secret)
    .filter((secret) => secret.text === text)
    .map(({ kind }) => kind);

describe("a secret is noted", () => {
  // It knows no method, and so reads nothing, like a server in another process.
  const other = new Server();
  let address: string;

  beforeAll(async () => {
    const port = await new Promise<number>((resolve, reject) => {
      other.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    address = `127.0.0.1:${port}`;
  });

  afterAll(() => other.forceShutdown());

  it("that a client sends to another process", async () => {
    const client = new UserServiceClient(address, ChannelCredentials.createInsecure());
    const password = `password ${newEmail()}`;
    expect((await failure(createUser(client, { password }))).code).toBe("UNIMPLEMENTED");
    expect(notedAs(password)).toEqual(["password"]);
    client.close();
  });
});

describe("a secret that reaches a server is noted, once", () => {
  const server = useServer();

  it("also when it is refused", async () => {
    const hash = `not a hash ${newEmail()}`;
    await failure(createUser(server.current.users, { passwordHash: { algorithm: 1, hash, saltPosition: 0 } }));
    expect(notedAs(hash)).toEqual(["password hash"]);
  });
});
