import { ErrorReason, RosterError } from "../../directory/error.js";
import { databaseUnavailable, isDuplicateKey, isTransient } from "../error.js";
import { StaleRead } from "./write.js";

const writeConflict = 112;

/** Whether a transaction met another one: nothing of it was written, and it has to be decided again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof StaleRead ||
  isDuplicateKey(error) ||
  (isTransient(error) && (error as { code?: unknown }).code === writeConflict);

/** What to answer after the last try. */
export const giveUp = (error: unknown): RosterError =>
  isConflict(error)
    ? new RosterError(ErrorReason.CONFLICT, "the change met other changes of the same object; send it again", {
        cause: error,
      })
    : databaseUnavailable(error);
