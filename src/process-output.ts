/** What may be told of an error or a warning: nothing of its message, which may hold what somebody sent or configured. */
export interface Unexpected {
  readonly type: string;
  readonly code?: string | number;
  /** Where it was made: functions, files and lines. */
  readonly at: readonly string[];
}

/** Where such things are told. `isFatal`: the process ends after it. */
export type Tell = (what: Unexpected, isFatal: boolean) => void;

/** Names of system calls and hosts in lower case aside, what a code looks like. */
const codePattern = /^[A-Z][A-Z0-9_ ]*$/;

/** An error without its message. */
export const withoutMessage = (error: unknown): Unexpected => {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { code } = error as { code?: unknown };
  const isCode = typeof code === "number" || (typeof code === "string" && codePattern.test(code));
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line));
  return { type: error.constructor.name, ...(isCode && { code }), at: frames.map((line) => line.trim()) };
};

// A name that is an IP address in TLS: what clients ask for by one, and nothing is wrong with it.
const notTold = new Set(["DEP0123"]);

let tell: Tell | undefined;

/**
 * Tells of warnings of Node.js and of libraries, and of errors that nobody caught, in place of Node.js, which writes
 * messages and properties as they are. An error that nobody caught still ends the process, with exit code 1. What is given
 * later takes the place of what was given before.
 */
export const tellUnexpected = (to: Tell): void => {
  if (tell === undefined) listen();
  tell = to;
};

const listen = (): void => {
  // There is none where Node.js was told not to write warnings.
  const isWanted = process.listenerCount("warning") > 0;
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    const what = withoutMessage(warning);
    // Libraries name a warning, not its class.
    const type = /^\w+$/.test(warning.name) ? warning.name : what.type;
    if (isWanted && !notTold.has(String(what.code))) tell?.({ ...what, type }, false);
  });
  process.on("uncaughtException", (error) => {
    tell?.(withoutMessage(error), true);
    process.exit(1);
  });
};

/** One line for people, with the places below. */
export const toLines = ({ type, code, at }: Unexpected, isFatal: boolean): string => {
  const what = `${isFatal ? "unexpected error" : "warning"}: ${type}${code === undefined ? "" : ` ${code}`}`;
  return [`roster: ${what}`, ...(isFatal ? at.map((line) => `    ${line}`) : [])].join("\n");
};
