import type { ClientDuplexStream } from "@grpc/grpc-js";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import {
  ImportOptions_MatchOn as MatchOn,
  ImportOptions_Mode as Mode,
  type ImportOptions,
  type ImportResult,
  ImportResult_Outcome as Outcome,
  ImportRow,
} from "../../gen/ts/roster/v1/import.js";
import type {
  ImportUsersRequest,
  ImportUsersResponse,
  UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import { newEmail, newKey } from "./users.js";

export const createOnly: ImportOptions = { mode: Mode.CREATE_ONLY, matchOn: MatchOn.UNSPECIFIED, dryRun: false };

export const upsert = (matchOn: "ID" | "EXTERNAL_ID" | "EMAIL"): ImportOptions => ({
  mode: Mode.UPSERT,
  matchOn: MatchOn[matchOn],
  dryRun: false,
});

export const updateOnly = (matchOn: "ID" | "EXTERNAL_ID" | "EMAIL"): ImportOptions => ({
  ...upsert(matchOn),
  mode: Mode.UPDATE_ONLY,
});

/** A row with these fields. */
export const row = (given: Partial<ImportRow> = {}): ImportRow => ({
  ...ImportRow.fromPartial({}),
  email: newEmail(),
  ...given,
});

/** Rows of users that nobody has. */
export const newRows = (count: number, given: Partial<ImportRow> = {}): ImportRow[] =>
  Array.from({ length: count }, (_, i) =>
    row({ externalId: newKey(), firstName: `First ${i}`, metadata: new Map([["number", String(i)]]), ...given }),
  );

/** An import that is written and read step by step. */
export class ImportCall {
  readonly stream: ClientDuplexStream<ImportUsersRequest, ImportUsersResponse>;
  readonly results: ImportResult[] = [];
  /** Resolves with the error that ended the call, or undefined. */
  readonly ended: Promise<unknown>;
  #more: () => void = () => {};

  constructor(client: UserServiceClient, options?: ImportOptions) {
    this.stream = client.importUsers();
    this.ended = new Promise((resolve) => {
      this.stream.on("error", resolve);
      this.stream.on("end", () => resolve(undefined));
    });
    this.stream.on("data", ({ results }: ImportUsersResponse) => {
      this.results.push(...results);
      this.#more();
    });
    if (options) this.send([], options);
  }

  /** Sends one message; false when the client should wait. */
  send(rows: readonly ImportRow[], options?: ImportOptions): boolean {
    return this.stream.write({ options, rows: [...rows] });
  }

  /** Resolves when so many results are there, or the call is over. */
  async resultsUpTo(count: number): Promise<ImportResult[]> {
    const over = this.ended.then(() => true);
    while (this.results.length < count) {
      const more = new Promise<false>((resolve) => {
        this.#more = () => resolve(false);
      });
      if (await Promise.race([over, more])) break;
    }
    return this.results;
  }

  /** Ends the rows and resolves with all results; rejects when the call fails. */
  async finish(): Promise<ImportResult[]> {
    this.stream.end();
    const error = await this.ended;
    if (error) throw error;
    return this.results;
  }
}

/** Imports rows, so many in a message. */
export const importRows = async (
  client: UserServiceClient,
  options: ImportOptions,
  rows: readonly ImportRow[],
  { perMessage = 1_000 } = {},
): Promise<ImportResult[]> => {
  const call = new ImportCall(client, options);
  for (let i = 0; i < rows.length; i += perMessage) call.send(rows.slice(i, i + perMessage));
  return call.finish();
};

/** A result in short: its outcome, and the reason if it was rejected. */
export const brief = ({ outcome, error }: ImportResult): string =>
  error ? `${Outcome[outcome]} ${ErrorReason[error.reason]}` : Outcome[outcome];

/** How many results there are of each kind. */
export const tally = (results: readonly ImportResult[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const result of results) counts[brief(result)] = (counts[brief(result)] ?? 0) + 1;
  return counts;
};
