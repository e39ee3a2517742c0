// The messages that the benchmark sends.
import { randomUUID } from "node:crypto";
import {
  CreateUserRequest,
  GetUserByExternalIdRequest,
  GetUserRequest,
  ListUsersRequest,
  UpdateUserRequest,
} from "../dist/gen/ts/roster/v1/user_service.js";
import { newId } from "../dist/src/directory/id.js";

const encode = (type, message) => Buffer.from(type.encode(type.fromPartial(message)).finish());

/** A user of the size that the ratios are stated for: about 270 bytes in a response. */
export const typicalUser = (key) => ({
  email: `${key}@example.com`,
  emailVerified: true,
  firstName: "Ada",
  lastName: "Lovelace",
  name: "Ada Lovelace",
  externalId: key,
  metadata: new Map([["plan", "enterprise"]]),
  locale: "en-GB",
});

/** The same user as the server stores it. */
export const userDocument = (key) => {
  const { metadata, ...user } = typicalUser(key);
  const now = new Date();
  return {
    _id: newId("user"),
    ...user,
    normalizedEmail: user.email,
    metadata: Object.fromEntries(metadata),
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
};

export const getUser = (id) => encode(GetUserRequest, { id });
export const getUserByExternalId = (externalId) => encode(GetUserByExternalIdRequest, { externalId });
export const listUsers = (pageSize) => encode(ListUsersRequest, { pageSize });
export const createUser = (key) => encode(CreateUserRequest, typicalUser(key));

/** Functions that make another request at each call. */
const makers = {
  create: () => () => createUser(randomUUID()),
  createWithRequestId: () => () => encode(CreateUserRequest, { ...typicalUser(randomUUID()), requestId: randomUUID() }),
  update: ({ ids }) => {
    let n = 0;
    return () => encode(UpdateUserRequest, { id: ids[n % ids.length], firstName: `Ada ${n++} ${process.pid}` });
  },
};

export const requestMaker = (name, args) => makers[name](args);
