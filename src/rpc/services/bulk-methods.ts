import * as v1 from "../../../gen/ts/roster/v1/user_service.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";

/** The methods of `roster.v1.UserService` that take or give the whole directory. */
export const bulkMethods = (adapter: Adapter): Record<"importUsers" | "exportUsers", Method> => ({
  importUsers: method(
    v1.ImportUsersRequest,
    v1.ImportUsersResponse,
    adapter.bidiStream("lookup", async function* () {
      throw new RosterError(ErrorReason.INTERNAL, "not there yet");
    }),
  ),
  exportUsers: method(
    v1.ExportUsersRequest,
    v1.ExportUsersResponse,
    adapter.serverStream("lookup", async function* () {
      throw new RosterError(ErrorReason.INTERNAL, "not there yet");
    }),
  ),
});
