import { ImportOptions_Mode } from "../../../gen/ts/roster/v1/import.js";
import type { ImportArguments } from "./options.js";

/** How an import can go on that was stopped: nothing behind the last row was sent. */
export const resumeStopped = (given: ImportArguments, lastRow: number): string =>
  `rows 1 to ${lastRow} are done, and no other. To resume, run the same command with --skip ${lastRow}, or ${again(given)}\n`;

/** How an import can go on whose call failed: the rows under way may be written or not. */
export const resumeFailed = (given: ImportArguments, lastRow: number): string => {
  const done =
    lastRow > 0 ? `rows 1 to ${lastRow} are done, and perhaps some behind them` : "some rows are perhaps done";
  return `${done}. To resume, ${again(given)}\n`;
};

const again = ({ options }: ImportArguments): string => {
  const command =
    options.mode === ImportOptions_Mode.UPSERT
      ? "run it again as it is"
      : "run it with --mode upsert --match-on email (or id, or external-id)";
  return `${command}: rows that are there are unchanged`;
};
