import { auth0 } from "./auth0.js";
import { auth0Hashes } from "./auth0-hashes.js";
import { csv } from "./csv.js";
import { firebase } from "./firebase.js";
import type { Format } from "./format.js";
import { keycloak } from "./keycloak.js";
import { ndjson } from "./ndjson.js";

/** The formats by the names of `--format`. When a format is to be guessed, the first that recognizes the source has it. */
export const formats: Readonly<Record<string, Format>> = {
  firebase,
  auth0,
  "auth0-hashes": auth0Hashes,
  keycloak,
  csv,
  ndjson,
};
