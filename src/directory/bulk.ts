import type { PasswordHasher } from "../passwords/index.js";
import type { CallContext } from "./call-context.js";
import type { Clock } from "./clock.js";
import type { Committer } from "./commit/mutation.js";
import type { ObjectReader } from "./commit/object-reader.js";
import type { CredentialReader } from "./credential-reader.js";
import type { EventLog } from "./events/event-log.js";
import { type ExportPage, exportUsers } from "./export/export-users.js";
import type { ImportMessage, RowResult } from "./import/import-row.js";
import { importUsers } from "./import/import-users.js";
import type { Throttle } from "./throttle.js";
import type { UserReader } from "./user-reader.js";

/** What imports and exports work with. */
export interface BulkParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly objects: ObjectReader;
  readonly committer: Committer;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly events: EventLog;
  readonly clock: Clock;
}

/** The operations on the directory as a whole. Each throws nothing but a RosterError, or the reason of the signal. */
export class Bulk {
  readonly #parts: BulkParts;

  constructor(parts: BulkParts) {
    this.#parts = parts;
  }

  importUsers(messages: AsyncIterable<ImportMessage>, call: CallContext): AsyncGenerator<readonly RowResult[]> {
    return importUsers(messages, this.#parts, call);
  }

  exportUsers(signal: AbortSignal): AsyncGenerator<ExportPage> {
    return exportUsers(this.#parts, signal);
  }
}
