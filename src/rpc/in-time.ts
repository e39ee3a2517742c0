import type { RosterError } from "../directory/error.js";
import { deadlineExceeded } from "./call.js";

/** What a call that waits for the database knows of it. */
export interface DatabaseState {
  /** Since when the database cannot be used, in milliseconds since 1970. Undefined while it can. */
  databaseAwaySince(): number | undefined;
  /** What to answer while it cannot. */
  databaseUnavailable(): RosterError;
}

/** The time that a call has, in milliseconds since 1970. */
export interface CallTime {
  readonly startedAt: number;
  /** Infinity when the client set none. */
  readonly deadline: number;
}

/** Longest wait for a database that is away. */
const maxOutageWaitMs = 5_000;

/**
 * Waits for work to be done, but no longer than the caller does: shortly before the deadline it gives up with the reason
 * for which the work was not done in time. A database that is away is waited for five seconds at most, by all waits of a
 * call together.
 */
export const inTime = <T>(
  database: DatabaseState,
  { startedAt, deadline }: CallTime,
  work: () => Promise<T>,
  onGiveUp: (error: RosterError) => void,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const answerBy = deadline - Math.min(100, (deadline - startedAt) / 10);
    const giveUpAt = (awaySince: number | undefined) =>
      awaySince === undefined ? answerBy : Math.min(answerBy, Math.max(startedAt, awaySince) + maxOutageWaitMs);
    const look = () => {
      const now = Date.now();
      const awaySince = database.databaseAwaySince();
      if (now < giveUpAt(awaySince)) lookAgain(now, awaySince);
      else giveUp(awaySince === undefined ? deadlineExceeded() : database.databaseUnavailable());
    };
    // A database that goes away meanwhile is waited for longer than until then.
    const lookAgain = (now: number, awaySince: number | undefined) => {
      const ms = Math.min(giveUpAt(awaySince) - now, maxOutageWaitMs);
      timer = setTimeout(look, Math.ceil(ms));
    };
    const giveUp = (error: RosterError) => {
      onGiveUp(error);
      reject(error);
    };
    lookAgain(Date.now(), database.databaseAwaySince());
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
