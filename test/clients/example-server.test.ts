import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverAt } from "../../examples/server.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey } from "../support/api-keys.js";
import { failure } from "../support/call.js";
import { TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";
import { startServer, type TestServer } from "../support/server.js";
import { getUser, unusedId } from "../support/users.js";

const folder = useFolder();
let server: TestServer;
let env: { ROSTER_CA_FILE: string; ROSTER_API_KEY: string };

beforeAll(async () => {
  const ca = await TestCa.create(folder.path);
  const certificate = await ca.issue("server", "DNS:localhost");
  server = await startServer({ env: { ...ca.env(certificate), ...askingCallers }, credentials: ca.credentials() });
  env = { ROSTER_CA_FILE: ca.cert, ROSTER_API_KEY: (await makeKey(server.db, ["users:read"])).secret };
});

afterAll(() => server.stop());

describe("how the examples call a server with TLS that asks for keys", () => {
  it.each([
    ["an authority and a key", ["ROSTER_CA_FILE", "ROSTER_API_KEY"], "NOT_FOUND"],
    ["an authority alone", ["ROSTER_CA_FILE"], "UNAUTHENTICATED"],
    ["a key alone", ["ROSTER_API_KEY"], "UNAVAILABLE"],
  ] as const)("with %s", async (_, names, code) => {
    const given = Object.fromEntries(names.map((name) => [name, env[name]]));
    const users = new UserServiceClient(...serverAt(server.address.replace("127.0.0.1", "localhost"), given));
    try {
      expect(await failure(getUser(users, unusedId()))).toMatchObject({ code });
    } finally {
      users.close();
    }
  });
});
