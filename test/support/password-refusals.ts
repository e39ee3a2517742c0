import { describe, expect, it } from "vitest";
import type { CreateUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { credentialOf, hashMessage, vectorsOf } from "./authentication.js";
import { failure } from "./call.js";
import type { TestServer } from "./server.js";
import { createUser, getUser, newEmail, newKey, updateUser } from "./users.js";

/** A password or a hash that is refused, with the reason and what is said of which field. */
export interface Refusal {
  readonly name: string;
  readonly given: Partial<CreateUserRequest>;
  readonly reason: string;
  readonly field: string;
  readonly said: readonly string[];
}

/** A hash that is accepted. */
export const goodHash = hashMessage({ algorithm: "BCRYPT", hash: vectorsOf("plain")[0]?.hash as string });

export const refusalError = ({ reason, field, said }: Omit<Refusal, "name" | "given">) => ({
  code: "INVALID_ARGUMENT",
  reason,
  domain: "roster",
  metadata: {},
  violations: said.map((description) => ({ field, description })),
});

/** Tests that `CreateUser` and `UpdateUser` refuse these, and write nothing. An update sees the names of the stored user. */
export const describeRefusals = (server: { readonly current: TestServer }, refusals: readonly Refusal[]): void => {
  const requestOf = (requestId: string) =>
    server.current.db.collection<{ _id: string }>("requests").findOne({ _id: requestId });

  describe("CreateUser refuses", () => {
    it.each(refusals)("$name, and writes nothing", async ({ given, ...refusal }) => {
      const { users, db } = server.current;
      const [email, requestId] = [newEmail(), newKey()];
      const before = await db.collection("credentials").countDocuments();
      expect(await failure(createUser(users, { email, requestId, ...given }))).toMatchObject(refusalError(refusal));
      expect(await db.collection("users").countDocuments({ email })).toBe(0);
      expect(await db.collection("credentials").countDocuments()).toBe(before);
      expect(await requestOf(requestId)).toBeNull();
    });
  });

  describe("UpdateUser refuses", () => {
    it.each(refusals)("$name, and writes nothing", async ({ given, ...refusal }) => {
      const { users } = server.current;
      const { password, passwordHash, ...names } = given;
      const user = await createUser(users, { ...names, passwordHash: goodHash });
      const credential = await credentialOf(server.current, user.id);
      const requestId = newKey();
      const change = { password, passwordHash, requestId, locale: "de", metadata: new Map([["a", "1"]]) };
      expect(await failure(updateUser(users, user.id, change))).toMatchObject(refusalError(refusal));
      expect(await getUser(users, user.id)).toEqual(user);
      expect(await credentialOf(server.current, user.id)).toEqual(credential);
      expect(await requestOf(requestId)).toBeNull();
    });
  });
};
