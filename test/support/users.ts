import { randomUUID } from "node:crypto";
import { type ClientReadableStream, Metadata } from "@grpc/grpc-js";
import type { Db } from "mongodb";
import {
  CreateUserRequest,
  DeactivateUserRequest,
  ListUsersRequest,
  type ListUsersResponse,
  UpdateUserRequest,
  type UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import type { User as StoredUser } from "../../src/directory/user.js";
import { toDocument } from "../../src/mongo/documents.js";
import { newId } from "./clock.js";
import { call, collect } from "./call.js";

/** An email that nobody has. */
export const newEmail = (): string => `${randomUUID()}@example.com`;

/** An external id or a request id that nobody has used. */
export const newKey = (): string => randomUUID();

/** An id that no user has. */
export const unusedId = (): string => newId("user");

/** Ids that no user has. */
export const unusedIds = (count: number): string[] => Array.from({ length: count }, unusedId);

type Given<T> = Partial<{ [K in keyof T]: T[K] }>;

/** Every field that a create takes, with values of its own. */
export const everyField = () => ({
  email: newEmail(),
  emailVerified: true,
  firstName: "Ada",
  lastName: "Lovelace",
  name: "Ada, Countess of Lovelace",
  profilePictureUrl: "https://example.com/ada.png",
  externalId: newKey(),
  metadata: new Map([
    ["plan", "gold"],
    ["team", "engines"],
  ]),
  locale: "en-GB",
});

/** Creates a user with a new email and what is given. */
export const createUser = async (client: UserServiceClient, given: Given<CreateUserRequest> = {}): Promise<User> => {
  const request = { ...CreateUserRequest.fromPartial({ email: newEmail() }), ...given };
  const { user } = await call(client.createUser.bind(client), request);
  return user as User;
};

/** Creates users one after another, oldest first. */
export const createUsers = async (client: UserServiceClient, count: number): Promise<User[]> => {
  const users: User[] = [];
  for (let i = 0; i < count; i++) users.push(await createUser(client));
  return users;
};

export const getUser = async (client: UserServiceClient, id: string): Promise<User> => {
  const { user } = await call(client.getUser.bind(client), { id });
  return user as User;
};

/** Updates a user with what is given. */
export const updateUser = async (
  client: UserServiceClient,
  id: string,
  given: Given<UpdateUserRequest>,
): Promise<User> => {
  const request = { ...UpdateUserRequest.fromPartial({ id }), ...given };
  const { user } = await call(client.updateUser.bind(client), request);
  return user as User;
};

export const deleteUser = (client: UserServiceClient, id: string, requestId = ""): Promise<unknown> =>
  call(client.deleteUser.bind(client), { id, erase: false, requestId });

/** Deletes a user, and erases what is stored of it. */
export const eraseUser = (client: UserServiceClient, id: string, requestId = ""): Promise<unknown> =>
  call(client.deleteUser.bind(client), { id, erase: true, requestId });

/** Deactivates or reactivates a user. */
export const changeStatus = async (
  client: UserServiceClient,
  method: "deactivateUser" | "reactivateUser",
  given: Given<DeactivateUserRequest>,
): Promise<User> => {
  const request = { ...DeactivateUserRequest.fromPartial({}), ...given };
  const { user } = await call(client[method].bind(client), request);
  return user as User;
};

/** Opens a list. */
export const listUsers = (
  client: UserServiceClient,
  given: Given<ListUsersRequest> = {},
  { deadlineMs = 60_000 } = {},
): ClientReadableStream<ListUsersResponse> => {
  const request = { ...ListUsersRequest.fromPartial({}), ...given };
  return client.listUsers(request, new Metadata(), { deadline: Date.now() + deadlineMs });
};

/** Every page of a list. */
export const listPages = (client: UserServiceClient, given: Given<ListUsersRequest> = {}) =>
  collect<ListUsersResponse>(listUsers(client, given));

/** The ids of the users of pages, in their order. */
export const idsOf = (pages: readonly ListUsersResponse[]): string[] =>
  pages.flatMap(({ users }) => users.map(({ id }) => id));

/** Puts users into the database past the server, oldest first; returns their ids. */
export const insertUsers = async (
  db: Db,
  count: number,
  given: (i: number) => Partial<StoredUser> = () => ({}),
): Promise<string[]> => {
  const now = new Date();
  const documents = Array.from({ length: count }, (_, i) => {
    const email = newEmail();
    const plain = { email, normalizedEmail: email, emailVerified: false, metadata: {}, revision: 1 };
    return toDocument({ id: newId("user"), ...plain, createdAt: now, updatedAt: now, ...given(i) });
  });
  const users = db.collection<(typeof documents)[number]>("users");
  for (let i = 0; i < count; i += 10_000) await users.insertMany(documents.slice(i, i + 10_000));
  return documents.map(({ _id }) => _id);
};

/** The most metadata that a user can have, in characters of four bytes: 128,000 bytes. */
export const fullMetadata = (): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`${String(i).padStart(2, "0")}${"🗝".repeat(38)}`, "🗄".repeat(600)]),
  );
