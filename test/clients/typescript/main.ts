// Reads what cases.json asks for from a server and prints what a TypeScript client saw of it as JSON.
//
// Usage: node main.js address cases.json
import { readFileSync } from "node:fs";
import { credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import type { Timestamp } from "../../../gen/ts/google/protobuf/timestamp.js";
import { BadRequest, ErrorInfo, ResourceInfo } from "../../../gen/ts/google/rpc/error_details.js";
import { Status } from "../../../gen/ts/google/rpc/status.js";
import type { User } from "../../../gen/ts/roster/v1/user.js";
import {
  CreateUserRequest,
  ListUsersRequest,
  UpdateUserRequest,
  UserServiceClient,
} from "../../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../../gen/ts/service-config.js";

// The generated code has no JSON form of its own: this much of it is what the cases need.
type Json = Record<string, unknown>;
const createRequest = ({ metadata, ...rest }: Json) =>
  CreateUserRequest.fromPartial({ ...rest, metadata: new Map(Object.entries(metadata ?? {})) });
const updateRequest = ({ expectedRevision, ...rest }: Json) =>
  UpdateUserRequest.fromPartial({ ...rest, expectedRevision: BigInt(String(expectedRevision)) });

interface Inputs {
  externalIds: string[];
  create: Json;
  refusedCreates: Record<string, Json>;
  refusedUpdates: Record<string, Json>;
  newerRequest: string;
  headerSizes: number[];
}

type Method<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: { deadline: number },
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

const call = <Request, Response>(
  method: Method<Request, Response>,
  request: Request,
  { metadata = new Metadata(), timeoutMs = 5_000 } = {},
): Promise<Response> =>
  new Promise((resolve, reject) => {
    method.call(users, request, metadata, { deadline: Date.now() + timeoutMs }, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });

const readUsers = async ({ externalIds }: Inputs) => {
  const seen: Record<string, unknown> = {};
  for (const externalId of externalIds) {
    seen[externalId] = describe((await call(users.getUserByExternalId, { externalId })).user as User);
  }
  return seen;
};

const create = async (inputs: Inputs) => {
  const user = (await call(users.createUser, createRequest(inputs.create))).user as User;
  await call(users.deleteUser, { id: user.id, erase: false, requestId: "" });
  return describe(user);
};

const refusals = async (inputs: Inputs) => {
  const seen: Record<string, unknown> = {};
  for (const [name, body] of Object.entries(inputs.refusedCreates)) {
    seen[name] = await refusal(call(users.createUser, createRequest(body)));
  }
  for (const [name, body] of Object.entries(inputs.refusedUpdates)) {
    seen[name] = await refusal(call(users.updateUser, updateRequest(body)));
  }
  return seen;
};

const refusal = (response: Promise<unknown>) => response.then(() => null, describeError);

/** Reads a message with a field and an enum value that this client does not know. */
const newer = (inputs: Inputs) => {
  const bytes = Buffer.from(inputs.newerRequest, "hex");
  const request = ListUsersRequest.decode(bytes);
  const kept = ListUsersRequest.encode(request).finish().length === bytes.length;
  return { pageSize: request.pageSize, order: request.order, unknownFieldKept: kept };
};

/** Cancels a stream after its second page. */
const leave = () =>
  new Promise((resolve) => {
    let pages = 0;
    const stream = users.listUsers(ListUsersRequest.fromPartial({ pageSize: 1 }));
    stream.on("data", () => {
      pages += 1;
      if (pages === 2) stream.cancel();
    });
    stream.on("error", (error: ServiceError) => resolve({ code: error.code }));
    stream.on("end", () => resolve({ code: 0 }));
  });

/** Sends metadata of several sizes. */
const headers = async ({ headerSizes, externalIds }: Inputs) => {
  const seen: Record<string, number> = {};
  for (const size of headerSizes) {
    const metadata = new Metadata();
    metadata.set("x-filler", "a".repeat(size));
    seen[size] = await call(
      users.getUserByExternalId,
      { externalId: externalIds[0] as string },
      { metadata, timeoutMs: 2_000 },
    ).then(
      () => 0,
      (error: ServiceError) => error.code,
    );
  }
  return seen;
};

const describe = (user: User) => ({
  id: user.id,
  email: user.email,
  emailVerified: user.emailVerified,
  firstName: user.firstName ?? null,
  lastName: user.lastName ?? null,
  name: user.name ?? null,
  metadata: Object.fromEntries(user.metadata),
  locale: user.locale ?? null,
  lastSignInAt: describeTime(user.lastSignInAt),
  createdAt: describeTime(user.createdAt),
  revision: String(user.revision),
});

const describeTime = (time: Timestamp | undefined) =>
  time ? new Date(Number(time.seconds) * 1_000 + time.nanos / 1_000_000).toISOString() : null;

const describeError = (error: ServiceError) => {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const seen: Record<string, unknown> = { code: error.code, message: error.details };
  for (const { typeUrl, value } of Status.decode(bytes as Buffer).details) {
    switch (typeUrl.slice(typeUrl.lastIndexOf("/") + 1)) {
      case "google.rpc.ErrorInfo": {
        const { domain, reason, metadata } = ErrorInfo.decode(value);
        seen.info = [domain, reason, Object.fromEntries(metadata)];
        break;
      }
      case "google.rpc.ResourceInfo": {
        const { resourceType, resourceName } = ResourceInfo.decode(value);
        seen.resource = [resourceType, resourceName];
        break;
      }
      case "google.rpc.BadRequest":
        seen.fields = BadRequest.decode(value).fieldViolations.map(({ field }) => field);
        break;
    }
  }
  return seen;
};

const [address = "", cases = ""] = process.argv.slice(2);
const { inputs } = JSON.parse(readFileSync(cases, "utf8")) as { inputs: Inputs };
const users = new UserServiceClient(address, credentials.createInsecure(), { "grpc.service_config": serviceConfig });
const seen = {
  users: await readUsers(inputs),
  created: await create(inputs),
  errors: await refusals(inputs),
  newer: newer(inputs),
  left: await leave(),
  headers: await headers(inputs),
};
// The connection that the last headers broke would keep the process for more than a minute.
process.stdout.write(JSON.stringify(seen), () => process.exit());
