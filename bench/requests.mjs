// The messages that the benchmark sends.
import { randomUUID } from "node:crypto";
import { ListEventsRequest } from "../dist/gen/ts/roster/v1/event_service.js";
import {
  CreateUserRequest,
  GetUserByExternalIdRequest,
  GetUserRequest,
  ImportUsersRequest,
  ListUsersRequest,
  ProvisionUserRequest,
  UpdateUserRequest,
} from "../dist/gen/ts/roster/v1/user_service.js";
import { idMaker } from "../dist/src/directory/id.js";
import { pairOf } from "../dist/src/directory/membership.js";

const newId = idMaker(() => new Date());
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

const hash = "$2b$12$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG";

/** The password of a user as the server stores it when it was imported. */
export const credentialDocument = (userId) => ({
  _id: userId,
  revision: 1,
  password: { algorithm: "bcrypt", hash, imported: true },
});

/** The messages of an import of these users, each with the hash of a password. */
export const importMessages = (keys, mode) => {
  const options = { mode: mode === "upsert" ? 2 : 1, matchOn: mode === "upsert" ? 2 : 0 };
  const messages = [];
  for (let i = 0; i < keys.length; i += 1_000) {
    const rows = keys.slice(i, i + 1_000).map((key) => ({ ...typicalUser(key), passwordHash: { algorithm: 1, hash } }));
    messages.push(encode(ImportUsersRequest, { ...(i === 0 && { options }), rows }));
  }
  return messages;
};

/** An organization as the server stores it. */
export const organizationDocument = () => {
  const now = new Date();
  const plain = { name: "Analytical Engines", domains: [], metadata: {}, revision: 1 };
  return { _id: newId("org"), ...plain, createdAt: now, updatedAt: now };
};

/** An active membership of the user as the server stores it. */
export const membershipDocument = (userId, { _id: organizationId, name }) => {
  const now = new Date();
  return {
    _id: newId("om"),
    userId,
    organizationId,
    pair: pairOf(userId, organizationId),
    organizationName: name,
    status: "active",
    role: "member",
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
};

export const getUser = (id) => encode(GetUserRequest, { id });
export const getUserByExternalId = (externalId) => encode(GetUserByExternalIdRequest, { externalId });
export const listUsers = (pageSize, filter = {}) => encode(ListUsersRequest, { pageSize, ...filter });
export const listEvents = (pageSize) => encode(ListEventsRequest, { pageSize });
export const createUser = (key) => encode(CreateUserRequest, typicalUser(key));

/** Functions that make another request at each call. */
const makers = {
  create: () => () => createUser(randomUUID()),
  createWithRequestId: () => () => encode(CreateUserRequest, { ...typicalUser(randomUUID()), requestId: randomUUID() }),
  signIn: ({ organizationId, externalIds }) => {
    let n = 0;
    return () => {
      const key = externalIds[n++ % externalIds.length];
      const email = `${key}@example.com`;
      return encode(ProvisionUserRequest, { organizationId, connectionId: "conn_1", idpId: key, email });
    };
  },
  update: ({ ids }) => {
    let n = 0;
    return () => encode(UpdateUserRequest, { id: ids[n % ids.length], firstName: `Ada ${n++} ${process.pid}` });
  },
};

export const requestMaker = (name, args) => makers[name](args);
