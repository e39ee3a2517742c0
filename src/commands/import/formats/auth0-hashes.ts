import { PasswordHashAlgorithm } from "../../../../gen/ts/roster/v1/password.js";
import { isObject, type JsonObject } from "../../rows/json-object.js";
import type { Place, SourceRow } from "../source-row.js";
import { ForeignUser } from "./foreign-user.js";
import type { Format, ReaderOptions } from "./format.js";
import { readJsonLines } from "./json-lines.js";

/** The hashes of a database connection, as Auth0's support delivers them. */
export const auth0Hashes: Format = {
  summary: "Auth0: the password hashes that its support delivers",
  recognizes: ({ first }) => isObject(first?.["_id"]) && "$oid" in first["_id"],
  read: (input, options) => readJsonLines(input, (place, json) => readUser(place, json, options)),
};

const readUser = (place: Place, json: JsonObject, { withoutPasswords }: ReaderOptions): SourceRow => {
  const user = new ForeignUser(json);
  const { row } = user;
  const { _id, identifiers } = json;
  // What a profile's `user_id` says: the caller's own id where one was given.
  const id = user.text("alt_id") ?? (isObject(_id) ? user.text("$oid", _id) : undefined);
  if (id === undefined) user.refuse("the line has no _id", "external_id");
  else row.externalId = `auth0|${id}`;
  const identifier = Array.isArray(identifiers)
    ? identifiers.find((value: unknown) => isObject(value) && value["type"] === "email")
    : undefined;
  row.email = user.text("email") ?? (identifier && user.text("value", identifier)) ?? "";
  row.emailVerified = user.flag("email_verified") ?? identifier?.verified === true;
  const hash = user.text("passwordHash");
  if (hash !== undefined && !withoutPasswords) user.setHash(PasswordHashAlgorithm.BCRYPT, hash);
  return user.at(place);
};
