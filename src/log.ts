import { isatty } from "node:tty";
import { type DestinationStream, destination, type Logger, pino } from "pino";
import pretty from "pino-pretty";

export type { Logger };

/** A log and the way to get its last lines out. */
export interface Log {
  readonly logger: Logger;
  flush(): void;
}

/**
 * Logs to standard output: for people on a terminal, otherwise one JSON object in a line. Each line gets the `fields` of
 * the moment as well.
 */
export const createLog = (level: string, fields?: () => object): Log => {
  // Lines are written together; `flush` writes what is left.
  const stream = destination({ fd: 1, sync: false, minLength: 16_000, periodicFlush: 500 });
  if (isatty(1)) return { logger: createLogger(level, pretty({ sync: true }), fields), flush: () => {} };
  return { logger: createLogger(level, stream, fields), flush: () => stream.flushSync() };
};

/** Logs to a stream. */
export const createLogger = (level: string, stream: DestinationStream, fields?: () => object): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
      ...(fields && { mixin: fields }),
    },
    stream,
  );

/** MongoDB names the values that are there already. */
const withoutKeys = (text: string): string => text.replace(/dup key: \{[^\n]*\}/g, "dup key");

// Errors of the driver hold the documents that they are about; a log gets none of their properties.
const serializeError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    type: name,
    message: withoutKeys(message),
    code,
    stack: withoutKeys(stack ?? ""),
    ...(cause !== undefined && { cause: serializeError(cause) }),
  };
};
