import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";
import { run, usePrograms } from "./programs.js";

const server = useServer();
const program = usePrograms("grpcurl");

/** grpcurl that knows nothing but the server. */
const grpcurl = (skip: (note: string) => void, ...args: string[]): Promise<string> =>
  run(program("grpcurl", skip), "-plaintext", ...args);

it("grpcurl lists the services", async ({ skip }) => {
  const services = await grpcurl(skip, server.current.address, "list");
  expect(services.split("\n")).toEqual(expect.arrayContaining(["grpc.health.v1.Health", "roster.v1.UserService"]));
});

it("grpcurl describes every service and everything that it names", async ({ skip }) => {
  const { address } = server.current;
  const services = (await grpcurl(skip, address, "list")).trim().split("\n");
  for (const service of services) {
    const description = await grpcurl(skip, address, "describe", service);
    for (const [, type] of description.matchAll(/\( (?:stream )?\.([\w.]+) \)/g)) {
      expect(await grpcurl(skip, address, "describe", type as string)).toContain(`${type} is a message`);
    }
  }
});

it("grpcurl calls methods and shows the details of an error", async ({ skip }) => {
  const { address, users } = server.current;
  const { id } = await createUser(users, { name: "Zoë 大江" });
  const got = await grpcurl(skip, "-d", JSON.stringify({ id }), address, "roster.v1.UserService/GetUser");
  expect(JSON.parse(got).user).toMatchObject({ id, name: "Zoë 大江", revision: "1" });

  const pages = await grpcurl(skip, "-d", '{"page_size": 1}', address, "roster.v1.UserService/ListUsers");
  expect(JSON.parse(pages).users).toHaveLength(1);

  const refused = grpcurl(skip, "-d", '{"id": "nobody"}', address, "roster.v1.UserService/GetUser");
  await expect(refused).rejects.toMatchObject({
    stderr: expect.stringMatching(/InvalidArgument[^]*google\.rpc\.ErrorInfo[^]*INVALID_REQUEST[^]*BadRequest/),
  });
});

it("another language can be generated from what grpcurl gets from the server", async ({ skip }) => {
  const { address } = server.current;
  const folder = await mkdtemp(join(tmpdir(), "roster-"));
  try {
    const descriptors = join(folder, "roster.binpb");
    await grpcurl(skip, "-protoset-out", descriptors, address, "describe", "roster.v1.UserService");
    const buf = { command: join(import.meta.dirname, "../../node_modules/.bin/buf"), args: [], env: {} };
    const files = JSON.parse(await run(buf, "build", descriptors, "--output", "-#format=json")).file;
    expect(files.map((file: { name: string }) => file.name)).toContain("roster/v1/user_service.proto");
  } finally {
    await rm(folder, { recursive: true });
  }
});
