import { FieldChecker } from "../field-checker.js";
import type { ImportMessage, ImportOptions } from "./import-row.js";

const maxRows = 1_000;

/** Checks the first message of an import and returns the options. */
export const checkFirst = ({ options, rows }: ImportMessage): ImportOptions => {
  const check = new FieldChecker();
  if (options === undefined) check.fail("options", "is required in the first message");
  else {
    const { mode, matchOn } = options;
    if (mode === undefined || mode === "unknown") {
      check.fail("options.mode", "must be MODE_CREATE_ONLY, MODE_UPSERT or MODE_UPDATE_ONLY");
    } else if (mode === "create only") {
      if (matchOn !== undefined) check.fail("options.match_on", "must not be set with MODE_CREATE_ONLY");
    } else if (matchOn === undefined || matchOn === "unknown") {
      const name = mode === "upsert" ? "MODE_UPSERT" : "MODE_UPDATE_ONLY";
      check.fail("options.match_on", `must be MATCH_ON_ID, MATCH_ON_EXTERNAL_ID or MATCH_ON_EMAIL with ${name}`);
    }
  }
  check.items("rows", rows, 0, maxRows);
  check.done();
  const matchOn = options?.matchOn === "unknown" ? undefined : options?.matchOn;
  return { matchOn, updateOnly: options?.mode === "update only", dryRun: options?.dryRun ?? false };
};

/** Checks any other message. */
export const checkNext = ({ options, rows }: ImportMessage): void => {
  const check = new FieldChecker();
  if (options !== undefined) check.fail("options", "must be in the first message only");
  check.items("rows", rows, 1, maxRows);
  check.done();
};
