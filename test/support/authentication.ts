import { readFileSync } from "node:fs";
import type { Binary, Document } from "mongodb";
import { AuthenticationServiceClient } from "../../gen/ts/roster/v1/authentication_service.js";
import { PasswordHash, PasswordHashAlgorithm, SaltPosition } from "../../gen/ts/roster/v1/password.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { SecretKey } from "../../src/directory/secret-key.js";
import { call } from "./call.js";
import type { TestServer } from "./server.js";

/** One that the policy accepts. */
export const goodPassword = "correct horse battery";

const clients = new WeakMap<TestServer, AuthenticationServiceClient>();

/** The server's client of the authentication service. */
export const authentication = (server: TestServer): AuthenticationServiceClient => {
  const client = clients.get(server) ?? server.client(AuthenticationServiceClient);
  clients.set(server, client);
  return client;
};

/** Signs in, from where and with what is given. */
export const signIn = async (
  server: TestServer,
  email: string,
  password: string,
  more: { ipAddress?: string; userAgent?: string } = {},
): Promise<User> => {
  const client = authentication(server);
  const request = { email, password, ipAddress: undefined, userAgent: undefined, ...more };
  const { user } = await call(client.authenticateWithPassword.bind(client), request, { timeoutMs: 25_000 });
  return user as User;
};

export const verifyPassword = async (
  server: TestServer,
  userId: string,
  password: string,
  more: { ipAddress?: string; userAgent?: string } = {},
): Promise<boolean> => {
  const client = authentication(server);
  const request = { userId, password, ipAddress: undefined, userAgent: undefined, ...more };
  return (await call(client.verifyPassword.bind(client), request, { timeoutMs: 25_000 })).verified;
};

export const clearFailedAttempts = async (server: TestServer, email: string): Promise<unknown> => {
  const client = authentication(server);
  return call(client.clearFailedAttempts.bind(client), { email });
};

/** What a sign-in fails with, whatever of it was wrong. */
export const invalidCredentials = {
  code: "UNAUTHENTICATED",
  message: "the email and the password do not belong together",
  reason: "INVALID_CREDENTIALS",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: undefined,
};

/** What the database holds of a user's password. */
export const credentialOf = (server: TestServer, userId: string): Promise<Document | null> =>
  server.db.collection<{ _id: string }>("credentials").findOne({ _id: userId });

/** The key of a server that has no file for it. */
const secretKeyOf = async ({ db }: TestServer): Promise<SecretKey> => {
  const kept = await db.collection<{ _id: string; key: Binary }>("secrets").findOne({ _id: "key" });
  return new SecretKey(Buffer.from(kept?.key.buffer as Uint8Array));
};

/** One attempt in a count. */
export interface StoredAttempt {
  readonly id: unknown;
  readonly at: Date;
  readonly other: string | null;
  readonly failed?: true;
}

/** What counts the attempts for an email, in its normalized form. */
export const attemptsOf = async (
  server: TestServer,
  email: string,
): Promise<{ readonly _id: string; readonly attempts: StoredAttempt[]; readonly expiresAt: Date } | null> => {
  const _id = (await secretKeyOf(server)).digest("attempts email", email);
  return server.db.collection<{ _id: string; attempts: StoredAttempt[]; expiresAt: Date }>("attempts").findOne({ _id });
};

/** How many attempts for an email are counted as failures. */
export const failuresOf = async (server: TestServer, email: string): Promise<number> =>
  ((await attemptsOf(server, email))?.attempts ?? []).filter(({ failed }) => failed).length;

/** How many attempts for an email are under way. */
export const underWay = async (server: TestServer, email: string): Promise<number> =>
  ((await attemptsOf(server, email))?.attempts ?? []).filter(({ failed }) => !failed).length;

type AlgorithmName = Exclude<keyof typeof PasswordHashAlgorithm, "UNSPECIFIED" | "UNRECOGNIZED">;

/** A hash that another program made of a password. */
export interface Vector {
  readonly algorithm: AlgorithmName;
  readonly hash: string;
  readonly saltPosition?: "PREFIX" | "SUFFIX";
  readonly password: string;
  readonly madeBy: string;
}

const table = JSON.parse(readFileSync(new URL("../passwords/vectors.json", import.meta.url), "utf8")) as {
  passwords: Record<string, string>;
  vectors: Vector[];
};

/** Every vector, with the password itself in place of its name. */
export const vectorsOf = (passwordName: string): Vector[] =>
  table.vectors
    .filter(({ password }) => password === passwordName)
    .map((vector) => ({ ...vector, password: table.passwords[passwordName] as string }));

/** The first vector of each algorithm. */
export const oneOfEach = (passwordName: string): Vector[] =>
  vectorsOf(passwordName).filter(
    (vector, i, all) => i === all.findIndex(({ algorithm }) => algorithm === vector.algorithm),
  );

/** A hash as requests bring it. */
export const hashMessage = ({ algorithm, hash, saltPosition }: Omit<Vector, "password" | "madeBy">): PasswordHash =>
  PasswordHash.fromPartial({
    algorithm: PasswordHashAlgorithm[algorithm],
    hash,
    ...(saltPosition && { saltPosition: SaltPosition[saltPosition] }),
  });
