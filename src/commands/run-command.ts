import { CommandError, exitCodes } from "./command-error.js";

/**
 * Runs a command that people stop with Ctrl-C: the first one, or a SIGTERM, asks it by the signal to come to an end, the
 * second one ends it at once. A CommandError becomes a line on standard error and the exit code.
 */
export const runCommand = async (run: (interrupted: AbortSignal) => Promise<number>): Promise<number> => {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  try {
    return await run(controller.signal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.message !== "") process.stderr.write(`roster: ${error.message}\n`);
    return error.exitCode;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
  }
};
