import { PasswordHash, PasswordHashAlgorithm, SaltPosition } from "../../../gen/ts/roster/v1/password.js";
import { enumReader } from "./enum-reader.js";
import { isObject } from "./json-object.js";
import { RowProblem } from "./row-problem.js";

const algorithmPrefix = "PASSWORD_HASH_ALGORITHM_";
const positionPrefix = "SALT_POSITION_";
const readAlgorithm = enumReader(PasswordHashAlgorithm, algorithmPrefix, "password_hash.algorithm");
const readPosition = enumReader(SaltPosition, positionPrefix, "password_hash.salt_position");

const names = ["algorithm", "hash", "salt_position", "saltPosition"];

/** Reads a `PasswordHash`. The names of the enums may stand without their prefix, and in small letters. */
export const readPasswordHash = (value: unknown): PasswordHash => {
  if (!isObject(value)) throw new RowProblem("must be an object", "password_hash");
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RowProblem("there is no such field", `password_hash.${unknown}`);
  const { algorithm, hash, salt_position, saltPosition = salt_position } = value;
  if (hash !== undefined && hash !== null && typeof hash !== "string") {
    throw new RowProblem("must be a string", "password_hash.hash");
  }
  return {
    algorithm: readAlgorithm(algorithm ?? 0),
    hash: hash ?? "",
    saltPosition: readPosition(saltPosition ?? 0),
  };
};

/** Writes a `PasswordHash` in proto JSON, with the names of the proto file. */
export const writePasswordHash = ({ algorithm, hash, saltPosition }: PasswordHash): Record<string, unknown> => ({
  algorithm: algorithmPrefix + PasswordHashAlgorithm[algorithm],
  hash,
  ...(saltPosition === SaltPosition.UNSPECIFIED ? {} : { salt_position: positionPrefix + SaltPosition[saltPosition] }),
});
