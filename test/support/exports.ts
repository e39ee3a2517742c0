import type { ImportRow } from "../../gen/ts/roster/v1/import.js";
import type { ExportUsersResponse, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { collect } from "./call.js";

/** The messages of an export. */
export const exportMessages = (client: UserServiceClient): Promise<ExportUsersResponse[]> =>
  collect<ExportUsersResponse>(client.exportUsers({}));

/** The rows of an export. */
export const exportRows = async (client: UserServiceClient): Promise<ImportRow[]> =>
  (await exportMessages(client)).flatMap(({ rows }) => rows);
