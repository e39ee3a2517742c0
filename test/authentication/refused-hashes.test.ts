import { expect, it } from "vitest";
import { type PasswordHash, PasswordHashAlgorithm, SaltPosition } from "../../gen/ts/roster/v1/password.js";
import { goodPassword } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { describeRefusals, goodHash, type Refusal } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { updateUser, unusedId } from "../support/users.js";

const server = useServer();

const ssha256: PasswordHash = {
  algorithm: PasswordHashAlgorithm.SSHA256,
  hash: "rU3czTjb/VdjIWEOU0PQ7Yby6MPscG2ODM58x3HETGLw8fLz9PX29w==",
  saltPosition: SaltPosition.UNSPECIFIED,
};

const wrongHash = (name: string, field: string, given: Partial<PasswordHash>, said: string): Refusal => ({
  name,
  given: { passwordHash: { ...goodHash, ...given } },
  reason: "INVALID_PASSWORD_HASH",
  field: `password_hash.${field}`,
  said: [said],
});

const algorithms = "must be one of BCRYPT, SCRYPT, FIREBASE_SCRYPT, PBKDF2, ARGON2, SSHA, SSHA256";
const bcryptForm = "must be $2a$, $2b$ or $2y$, a cost in two digits, $, and 53 characters of ./A-Za-z0-9";
const positionNotAllowed = {
  reason: "SALT_POSITION_NOT_ALLOWED",
  field: "password_hash.salt_position",
  said: ["must be absent with any algorithm but SSHA256"],
};

describeRefusals(server, [
  {
    name: "a hash together with a password",
    given: { password: goodPassword, passwordHash: goodHash },
    reason: "PASSWORD_AND_HASH_GIVEN",
    field: "password_hash",
    said: ["must not be given together with password"],
  },
  {
    name: "a salt position with bcrypt",
    given: { passwordHash: { ...goodHash, saltPosition: SaltPosition.SUFFIX } },
    ...positionNotAllowed,
  },
  {
    name: "an unknown salt position with bcrypt",
    given: { passwordHash: { ...goodHash, saltPosition: 7 as SaltPosition } },
    ...positionNotAllowed,
  },
  wrongHash(
    "an unknown salt position with SSHA256",
    "salt_position",
    { ...ssha256, saltPosition: 7 as SaltPosition },
    "must be PREFIX or SUFFIX",
  ),
  wrongHash("no algorithm", "algorithm", { algorithm: PasswordHashAlgorithm.UNSPECIFIED }, algorithms),
  wrongHash("an algorithm that does not exist", "algorithm", { algorithm: 99 as PasswordHashAlgorithm }, algorithms),
  wrongHash("a negative algorithm", "algorithm", { algorithm: -1 }, algorithms),
  wrongHash("no hash", "hash", { hash: "" }, "is required"),
  wrongHash("half a hash", "hash", { hash: "$2b$12$abc" }, bcryptForm),
  wrongHash(
    "a hash that costs too much",
    "hash",
    { hash: goodHash.hash.replace("$04$", "$16$") },
    "must have a cost as a whole number from 4 to 15",
  ),
  wrongHash("a hash that is too long", "hash", { hash: "x".repeat(2_049) }, "must be at most 2048 bytes"),
  wrongHash("a hash of another algorithm", "hash", { hash: ssha256.hash }, bcryptForm),
]);

it("a hash for a user that does not exist is refused with USER_NOT_FOUND", async () => {
  const id = unusedId();
  const error = await failure(updateUser(server.current.users, id, { passwordHash: goodHash }));
  expect(error).toMatchObject({ code: "NOT_FOUND", reason: "USER_NOT_FOUND" });
  const credentials = server.current.db.collection<{ _id: string }>("credentials");
  expect(await credentials.findOne({ _id: id })).toBeNull();
});
