import { PasswordHashAlgorithm } from "../../../../gen/ts/roster/v1/password.js";
import { isObject, type JsonObject } from "../../rows/json-object.js";
import type { ForeignUser } from "./foreign-user.js";

const digests: Readonly<Record<string, string>> = { "pbkdf2-sha256": "sha256", "pbkdf2-sha512": "sha512" };

/** Adds the hash of the credential of type `password`, or refuses the user when Roster cannot verify it. */
export const addKeycloakPassword = (user: ForeignUser): void => {
  const credentials = user.user["credentials"];
  const password = Array.isArray(credentials)
    ? credentials.find((credential: unknown) => isObject(credential) && credential["type"] === "password")
    : undefined;
  if (password === undefined) return;
  const data = parse(password.credentialData);
  const secret = parse(password.secretData);
  const { value, salt } = secret;
  const { algorithm, hashIterations: iterations } = data;
  if (typeof value !== "string" || typeof salt !== "string" || typeof iterations !== "number") {
    return user.refuse("its credential is not one with credentialData and secretData", "password_hash");
  }
  const digest = digests[String(algorithm)];
  if (digest !== undefined) {
    return user.setHash(PasswordHashAlgorithm.PBKDF2, `$pbkdf2$i=${iterations},d=${digest}$${salt}$${value}`);
  }
  if (algorithm !== "argon2") {
    return user.refuse(`Roster does not verify hashes of the algorithm ${String(algorithm)}`, "password_hash");
  }
  const { type = "id", memory, parallelism, version = "1.3" } = firsts(data["additionalParameters"]);
  if (version !== "1.3") return user.refuse(`Roster does not verify version ${version} of argon2`, "password_hash");
  const parameters = `m=${memory},t=${iterations},p=${parallelism}`;
  user.setHash(PasswordHashAlgorithm.ARGON2, `$argon2${type}$v=19$${parameters}$${salt}$${value}`);
};

/** Both data are texts of JSON. */
const parse = (text: unknown): JsonObject => {
  try {
    const json: unknown = JSON.parse(String(text));
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
};

/** The first value of each parameter: they are lists of texts. */
const firsts = (parameters: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(parameters) ? parameters : {}).map(([name, value]) => [name, String([value].flat()[0])]),
  );
