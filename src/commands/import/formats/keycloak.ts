import { UserStatus } from "../../../../gen/ts/roster/v1/user.js";
import type { JsonObject } from "../../rows/json-object.js";
import { isObject } from "../../rows/json-object.js";
import type { Place, SourceRow } from "../source-row.js";
import { ForeignUser } from "./foreign-user.js";
import type { Format, ReaderOptions } from "./format.js";
import { readJsonUsers } from "./json-users.js";
import { addKeycloakPassword } from "./keycloak-password.js";

/** What `kc.sh export` writes: a realm with its users, or a file of users alone. */
export const keycloak: Format = {
  summary: "Keycloak: a file of kc.sh export that has users",
  recognizes: ({ text, first }) => (first ? "realm" in first : /^\s*\{/.test(text) && /"realm"\s*:\s*"/.test(text)),
  read: (input, options) => readJsonUsers(input, (place, user) => readUser(place, user, options)),
};

const readUser = (place: Place, json: JsonObject, options: ReaderOptions): SourceRow => {
  const user = new ForeignUser(json);
  const { row } = user;
  row.externalId = user.text("id");
  row.email = user.text("email") ?? "";
  row.emailVerified = user.flag("emailVerified");
  row.firstName = user.text("firstName");
  row.lastName = user.text("lastName");
  row.createdAt = user.time("createdTimestamp");
  const { locale, ...attributes } = readAttributes(json["attributes"]);
  row.locale = locale;
  user.addMetadata({ username: user.text("username") }, "username");
  user.addMetadata(attributes, "attributes");
  const client = user.text("serviceAccountClientId");
  if (client !== undefined) user.refuse(`this is the service account of the client ${client}, not a person`);
  if (user.flag("enabled") === false) row.status = UserStatus.INACTIVE;
  if (!options.withoutPasswords) addKeycloakPassword(user);
  return user.at(place);
};

/** Attributes are lists; a list of one is its value, a longer one becomes JSON. */
const readAttributes = (attributes: unknown): Readonly<Record<string, string>> => {
  if (!isObject(attributes)) return {};
  const texts = Object.entries(attributes).map(([name, value]): [string, string] => {
    const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return [name, typeof single === "string" ? single : JSON.stringify(single)];
  });
  return Object.fromEntries(texts);
};
