import type { PasswordHasher } from "../../passwords/index.js";
import type { CallContext } from "../call-context.js";
import type { Clock } from "../clock.js";
import type { Committer } from "../commit/mutation.js";
import type { ObjectReader } from "../commit/object-reader.js";
import type { Throttle } from "../throttle.js";
import { ChunkCommitter } from "./chunk-committer.js";
import { DryRun, dryHasher, withoutNewIds } from "./dry-run.js";
import { checkFirst, checkNext } from "./import-options.js";
import type { ImportMessage, ImportOptions, ImportRow, RowResult } from "./import-row.js";
import { ImportRun } from "./import-run.js";
import { resultMessages } from "./result-messages.js";
import { RowPasswords } from "./row-passwords.js";

/** What an import works with. */
export interface ImportParts {
  readonly committer: Committer;
  readonly objects: ObjectReader;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly clock: Clock;
}

/** What becomes of the rows of an import, in their order, while rows still come. */
export async function* importUsers(
  messages: AsyncIterable<ImportMessage>,
  parts: ImportParts,
  call: CallContext,
): AsyncGenerator<readonly RowResult[]> {
  const given = messages[Symbol.asyncIterator]();
  const first = await given.next();
  const message: ImportMessage = first.done ? { options: undefined, rows: [] } : first.value;
  const options = checkFirst(message);
  const run = new ImportRun(options, chunkCommitter(options, parts, call), parts.clock, call.signal);
  const toKnown = options.dryRun ? withoutNewIds() : (results: readonly RowResult[]) => results;
  for await (const results of run.results(rowsOf(message, given))) yield* resultMessages(toKnown(results));
}

async function* rowsOf(first: ImportMessage, rest: AsyncIterator<ImportMessage>): AsyncGenerator<readonly ImportRow[]> {
  if (first.rows.length > 0) yield first.rows;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    checkNext(next.value);
    yield next.value.rows;
  }
}

const chunkCommitter = (
  { dryRun }: ImportOptions,
  { committer, objects, hasher, clock, throttle }: ImportParts,
  call: CallContext,
): ChunkCommitter => {
  if (!dryRun) {
    const passwords = new RowPasswords(objects, hasher, call.signal);
    return new ChunkCommitter(committer, passwords, call, (emails) => throttle.passwordsSet(emails));
  }
  const dry = new DryRun(objects, clock);
  return new ChunkCommitter(dry, new RowPasswords(dry.reader, dryHasher(hasher), call.signal), call);
};
