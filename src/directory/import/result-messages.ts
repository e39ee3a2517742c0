import { piecesOf } from "../../pieces.js";
import { maxMessageBytes } from "../message-size.js";
import type { RowResult } from "./import-row.js";

/** Cuts results into messages. */
export const resultMessages = (results: readonly RowResult[]): Generator<readonly RowResult[]> =>
  piecesOf(results, { maxBytes: maxMessageBytes, bytesOf: resultBytes });

/** At least as many bytes as a result takes in a message. */
const resultBytes = (result: RowResult): number => {
  if (result.outcome !== "rejected") return 100;
  const { message, details } = result.error;
  let units = message.length;
  for (const { field, description } of details.violations ?? []) units += field.length + description.length + 10;
  return 100 + 3 * units;
};
