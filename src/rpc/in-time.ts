import type { RosterError } from "../directory/error.js";
import { deadlineExceeded } from "./call.js";

/** What a call that waits for the database knows of it. */
export interface DatabaseState {
  /** Whether the database can be used. */
  isDatabaseHealthy(): boolean;
  /** What to answer while it cannot. */
  databaseUnavailable(): RosterError;
}

/** Longest wait for a database that is away. */
const maxOutageWaitMs = 5_000;

/**
 * Waits for work to be done, but no longer than the caller does: shortly before the deadline it gives up with the reason
 * for which the work was not done in time. While the database is away it waits five seconds at most.
 */
export const inTime = <T>(
  database: DatabaseState,
  deadline: number,
  work: () => Promise<T>,
  onGiveUp: (error: RosterError) => void,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const started = Date.now();
    const answerBy = deadline - Math.min(100, (deadline - started) / 10);
    const check = () => {
      const now = Date.now();
      if (!database.isDatabaseHealthy()) giveUp(database.databaseUnavailable());
      else if (now >= answerBy) giveUp(deadlineExceeded());
      else wait(Math.min(answerBy - now, maxOutageWaitMs));
    };
    const wait = (ms: number) => {
      timer = setTimeout(check, Math.ceil(ms));
    };
    const giveUp = (error: RosterError) => {
      onGiveUp(error);
      reject(error);
    };
    wait(Math.min(answerBy - started, maxOutageWaitMs));
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
