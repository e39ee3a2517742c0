import * as v1 from "../../../gen/ts/roster/v1/user_service.js";
import type { Bulk } from "../../directory/bulk.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { toRowMessage } from "./export-message.js";
import { fromImportMessage, toResultMessage } from "./import-message.js";

/** The methods of `roster.v1.UserService` that take or give the whole directory. */
export const bulkMethods = (bulk: Bulk, adapter: Adapter): Record<"importUsers" | "exportUsers", Method> => ({
  importUsers: method(
    v1.ImportUsersRequest,
    v1.ImportUsersResponse,
    adapter.bidiStream("lookup", async function* (requests: AsyncIterable<v1.ImportUsersRequest>, call) {
      for await (const results of bulk.importUsers(map(requests, fromImportMessage), call)) {
        yield { results: results.map(toResultMessage) };
      }
    }),
  ),
  exportUsers: method(
    v1.ExportUsersRequest,
    v1.ExportUsersResponse,
    adapter.serverStream("lookup", async function* (_request: v1.ExportUsersRequest, call) {
      for await (const { users, cursor = "" } of bulk.exportUsers(call.signal)) {
        yield { rows: users.map(toRowMessage), cursor };
      }
    }),
  ),
});

async function* map<From, To>(items: AsyncIterable<From>, to: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield to(item);
}
