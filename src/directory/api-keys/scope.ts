// The protos list them.
export { type Scope, scopes } from "../../../gen/ts/method-scopes.js";
