import { UserStatus } from "../../../../gen/ts/roster/v1/user.js";
import type { JsonObject } from "../../rows/json-object.js";
import type { Place, SourceRow } from "../source-row.js";
import { ForeignUser } from "./foreign-user.js";
import type { Format } from "./format.js";
import { readJsonLines } from "./json-lines.js";

/** What a users-exports job of Auth0 writes in the format `json`. Hashes come apart: see `auth0-hashes`. */
export const auth0: Format = {
  summary: "Auth0: the file of a users-exports job in the format json (without hashes)",
  recognizes: ({ first }) => typeof first?.["user_id"] === "string",
  read: (input) => readJsonLines(input, readUser),
};

const readUser = (place: Place, json: JsonObject): SourceRow => {
  const user = new ForeignUser(json);
  const { row } = user;
  row.externalId = user.text("user_id");
  row.email = user.text("email") ?? "";
  row.emailVerified = user.flag("email_verified");
  row.firstName = user.text("given_name");
  row.lastName = user.text("family_name");
  row.name = user.text("name");
  row.profilePictureUrl = user.text("picture");
  row.locale = user.text("locale");
  row.createdAt = user.time("created_at");
  row.lastSignInAt = user.time("last_login");
  for (const name of ["username", "phone_number"]) user.addMetadata({ [name]: user.text(name) }, name);
  for (const name of ["user_metadata", "app_metadata"]) user.addMetadata(json[name], name);
  if (user.flag("blocked")) row.status = UserStatus.INACTIVE;
  return user.at(place);
};
