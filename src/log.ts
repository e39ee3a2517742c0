import { isatty } from "node:tty";
import { destination, type Logger, pino } from "pino";
import pretty from "pino-pretty";

export type { Logger };

/** A log and the way to get its last lines out. */
export interface Log {
  readonly logger: Logger;
  flush(): void;
}

/** Logs to standard output: for people on a terminal, otherwise one JSON object in a line. */
export const createLog = (level: string): Log => {
  // Lines are written together; `flush` writes what is left.
  const stream = destination({ fd: 1, sync: false, minLength: 16_000, periodicFlush: 500 });
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: serializeError },
  };
  if (isatty(1)) return { logger: pino(options, pretty({ sync: true })), flush: () => {} };
  return { logger: pino(options, stream), flush: () => stream.flushSync() };
};

// Errors of the driver hold the documents that they are about; a log gets none of their properties.
const serializeError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return { type: name, message, code, stack, ...(cause !== undefined && { cause: serializeError(cause) }) };
};
