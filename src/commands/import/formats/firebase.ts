import { PasswordHashAlgorithm } from "../../../../gen/ts/roster/v1/password.js";
import { UserStatus } from "../../../../gen/ts/roster/v1/user.js";
import type { JsonObject } from "../../rows/json-object.js";
import type { Place, SourceRow } from "../source-row.js";
import { ForeignUser } from "./foreign-user.js";
import type { Format, ReaderOptions } from "./format.js";
import { readJsonUsers } from "./json-users.js";

/** What `firebase auth:export FILE.json` writes. */
export const firebase: Format = {
  summary: "Firebase Authentication: firebase auth:export users.json",
  recognizes: ({ text }) => /^\s*\{\s*"users"\s*:\s*\[/.test(text) && text.includes('"localId"'),
  read: (input, options) => readJsonUsers(input, (place, user) => readUser(place, user, options)),
};

const readUser = (place: Place, json: JsonObject, options: ReaderOptions): SourceRow => {
  const user = new ForeignUser(json);
  const { row } = user;
  row.externalId = user.text("localId");
  row.email = user.text("email") ?? "";
  row.emailVerified = user.flag("emailVerified");
  row.name = user.text("displayName");
  row.profilePictureUrl = user.text("photoUrl");
  row.createdAt = user.time("createdAt");
  row.lastSignInAt = user.time("lastSignedInAt");
  user.addMetadata({ phone_number: user.text("phoneNumber") }, "phoneNumber");
  user.addMetadata(parseClaims(user), "customAttributes");
  if (user.flag("disabled")) row.status = UserStatus.INACTIVE;
  if (!options.withoutPasswords) addHash(user, options);
  return user.at(place);
};

const addHash = (user: ForeignUser, { hashConfig }: ReaderOptions): void => {
  const hash = user.text("passwordHash");
  if (hash === undefined || hashConfig === undefined) return;
  const salt = user.text("salt");
  if (salt === undefined) return user.refuse("the password hash comes without its salt", "password_hash");
  const { base64_signer_key: sk, base64_salt_separator: ss, rounds: r, mem_cost: m } = hashConfig;
  const text = `$firebase-scrypt$hash=${standard(hash)}$salt=${standard(salt)}$sk=${sk}$ss=${ss}$r=${r}$m=${m}`;
  user.setHash(PasswordHashAlgorithm.FIREBASE_SCRYPT, text);
};

/** Base64 in the standard alphabet: exports that were not made by the command may have the other one. */
const standard = (base64: string): string => base64.replaceAll("-", "+").replaceAll("_", "/");

const parseClaims = (user: ForeignUser): unknown => {
  const text = user.text("customAttributes");
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
