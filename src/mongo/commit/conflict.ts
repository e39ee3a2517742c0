import { ErrorReason, RosterError } from "../../directory/error.js";
import { databaseUnavailable, isDuplicateKey, isTooLarge, isTransient } from "../error.js";
import { StaleRead } from "./write.js";

const writeConflict = 112;

/** Whether a transaction met another one: nothing of it was written, and it has to be decided again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof StaleRead ||
  isDuplicateKey(error) ||
  (isTransient(error) && (error as { code?: unknown }).code === writeConflict);

/** What to answer after the last try, which took so many milliseconds. */
export const giveUp = (error: unknown, durationMs: number): RosterError => {
  if (isConflict(error)) {
    const message = "the change met other changes of the same object; send it again";
    return new RosterError(ErrorReason.CONFLICT, message, { cause: error });
  }
  if (isTooLarge(error, durationMs)) {
    return databaseUnavailable(
      error,
      "the change is more than the database could do in one transaction; nothing was changed",
    );
  }
  return databaseUnavailable(error);
};
