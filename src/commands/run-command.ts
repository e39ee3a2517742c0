import { CommandError, exitCodes } from "./command-error.js";
import { onStopSignals } from "./stop-signals.js";

/**
 * Runs a command that people stop with Ctrl-C. The first one, or a SIGTERM, aborts `interrupted`; another one after a
 * second ends the process at once. A CommandError becomes a line on standard error and the exit code.
 */
export const runCommand = async (run: (interrupted: AbortSignal) => Promise<number>): Promise<number> => {
  const controller = new AbortController();
  const ignoreSignals = onStopSignals(
    () => controller.abort(),
    () => process.exit(exitCodes.interrupted),
  );
  try {
    return await run(controller.signal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.message !== "") process.stderr.write(`roster: ${error.message}\n`);
    return error.exitCode;
  } finally {
    ignoreSignals();
  }
};
