import { randomBytes } from "node:crypto";
import { type ClientOptions, InterceptingCall, type Interceptor } from "@grpc/grpc-js";
import type { Db } from "mongodb";
import { ApiKeys } from "../../src/directory/api-keys/api-keys.js";
import type { CreatedApiKey } from "../../src/directory/api-keys/create-api-key.js";
import type { Scope } from "../../src/directory/api-keys/scope.js";
import { mongoApiKeys, ownSessions } from "../../src/mongo/api-keys.js";
import { clock } from "./clock.js";

/** The environment of a server that asks callers who they are. */
export const askingCallers = { ROSTER_AUTHENTICATION: "required" };

/** The keys of a database, past any server. */
export const apiKeysIn = (db: Db): ApiKeys =>
  new ApiKeys({ store: mongoApiKeys(db, ownSessions(db)), clock, onChange: () => {} });

/** Makes a key past any server. */
export const makeKey = (db: Db, scopes: readonly Scope[], name = "test"): Promise<CreatedApiKey> =>
  apiKeysIn(db).create({ name, scopes });

/** Makes a key that expired a second ago. */
export const makeExpiredKey = async (db: Db, scopes: readonly Scope[]): Promise<CreatedApiKey> => {
  const created = await makeKey(db, scopes);
  const expiresAt = new Date(Date.now() - 1_000);
  await db.collection<{ _id: string }>("apiKeys").updateOne({ _id: created.key.id }, { $set: { expiresAt } });
  return created;
};

/** The secret with other random characters. */
export const otherSecret = (secret: string): string =>
  secret.slice(0, "sk_".length + 27) + randomBytes(32).toString("base64url");

/** What a client sends with this secret. */
export const bearer = (secret: string): string => `Bearer ${secret}`;

/** Options of a client that sends this `authorization` with every call. */
export const authorizedBy = (authorization: string): ClientOptions => {
  const interceptor: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", authorization);
        next(metadata, listener);
      },
    });
  return { interceptors: [interceptor] };
};

/** Options of a client that sends this key with every call. */
export const withKey = ({ secret }: Pick<CreatedApiKey, "secret">): ClientOptions => authorizedBy(bearer(secret));
