import { maxMessageBytes } from "../message-size.js";
import type { RowResult } from "./import-row.js";

/** Cuts results into messages. */
export function* resultMessages(results: readonly RowResult[]): Generator<readonly RowResult[]> {
  let start = 0;
  let bytes = 0;
  for (const [i, result] of results.entries()) {
    const more = resultBytes(result);
    if (i > start && bytes + more > maxMessageBytes) {
      yield results.slice(start, i);
      start = i;
      bytes = 0;
    }
    bytes += more;
  }
  if (start < results.length) yield results.slice(start);
}

/** At least as many bytes as a result takes in a message. */
const resultBytes = (result: RowResult): number => {
  if (result.outcome !== "rejected") return 100;
  const { message, details } = result.error;
  let units = message.length;
  for (const { field, description } of details.violations ?? []) units += field.length + description.length + 10;
  return 100 + 3 * units;
};
