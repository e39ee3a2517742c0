// A tour of Roster's UserService: creates three users, finds, lists, changes and deletes them.
//
// Usage: npm start -- [address]
import { randomUUID } from "node:crypto";
import { credentials, InterceptingCall, type Interceptor, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorInfo, ResourceInfo } from "../../gen/ts/google/rpc/error_details.js";
import { Status } from "../../gen/ts/google/rpc/status.js";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import {
  CreateUserRequest,
  ListUsersRequest,
  UpdateUserRequest,
  UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";

// Milliseconds. All attempts of a call share its deadline.
const callTimeout = 5_000;
const listTimeout = 60_000;

type Method<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: { deadline: number },
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

/** Calls a unary method with a deadline. */
const call = <Request, Response>(method: Method<Request, Response>, request: Request): Promise<Response> =>
  new Promise((resolve, reject) => {
    method(request, new Metadata(), { deadline: Date.now() + callTimeout }, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });

/** Reports the one error that the tour expects, told by its reason; false for any other. */
const reportEmailTaken = (error: ServiceError): boolean => {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const details = bytes === undefined ? [] : Status.decode(bytes as Buffer).details;
  const info = details.find(({ typeUrl }) => typeUrl.endsWith("/google.rpc.ErrorInfo"));
  const resource = details.find(({ typeUrl }) => typeUrl.endsWith("/google.rpc.ResourceInfo"));
  const reason = info && ErrorInfo.decode(info.value).reason;
  if (error.code !== status.ALREADY_EXISTS || reason !== "EMAIL_NOT_AVAILABLE") return false;
  console.log(`refused: ${reason}, resource ${resource && ResourceInfo.decode(resource.value).resourceType}`);
  return true;
};

const tour = async (users: UserServiceClient): Promise<void> => {
  // So that the tour can be taken again and again.
  const run = randomUUID();

  const created: User[] = [];
  for (const [index, name] of ["Ada Lovelace", "Grace Hopper", "Zoë Müller"].entries()) {
    const request = CreateUserRequest.fromPartial({
      email: `${run}-${index + 1}@example.com`,
      name,
      externalId: `${run}-${index + 1}`,
      metadata: new Map([["team", "analytical engines"]]),
      // The same in every attempt: a retry finds the user that an attempt before it created.
      requestId: randomUUID(),
    });
    const user = (await call(users.createUser.bind(users), request)).user as User;
    created.push(user);
    console.log(`created ${user.name} at revision ${user.revision}`);
  }

  const externalIds = created.flatMap((user) => user.externalId ?? []);
  const got = await call(users.getUserByExternalId.bind(users), { externalId: externalIds[0] as string });
  const ada = got.user as User;
  console.log(`got ${ada.name} by external id`);

  // The server reads from its database only as fast as this loop reads from the stream.
  const pages = users.listUsers(
    ListUsersRequest.fromPartial({ pageSize: 2, order: Order.ASC, externalIds }),
    new Metadata(),
    { deadline: Date.now() + listTimeout },
  );
  for await (const page of pages) {
    for (const user of page.users) console.log(`listed ${user.name}`);
    console.log(`end of page, more: ${page.listMetadata?.after !== undefined}`);
  }

  const updated = await call(
    users.updateUser.bind(users),
    UpdateUserRequest.fromPartial({
      id: ada.id,
      name: "Countess of Lovelace",
      expectedRevision: ada.revision,
      requestId: randomUUID(),
    }),
  );
  console.log(`updated to ${updated.user?.name} at revision ${updated.user?.revision}`);

  const taken = CreateUserRequest.fromPartial({ email: ada.email, requestId: randomUUID() });
  const refused = await call(users.createUser.bind(users), taken).then(
    () => false,
    (error: ServiceError) => {
      if (reportEmailTaken(error)) return true;
      throw error;
    },
  );
  if (!refused) throw new Error("created a user with a taken email");

  for (const { id } of created) await call(users.deleteUser.bind(users), { id, erase: false, requestId: randomUUID() });
  console.log(`deleted ${created.length} users`);
};

/** Sends an API key with every call. */
const apiKey =
  (key: string): Interceptor =>
  (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", `Bearer ${key}`);
        next(metadata, listener);
      },
    });

const key = process.env.ROSTER_API_KEY;
const address = process.argv[2] ?? process.env.ROSTER_ADDRESS ?? "127.0.0.1:50051";
const users = new UserServiceClient(address, credentials.createInsecure(), {
  "grpc.service_config": serviceConfig,
  interceptors: key ? [apiKey(key)] : [],
});
try {
  await tour(users);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  users.close();
}
