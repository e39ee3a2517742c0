/** What a command ends with, beside 0. The help texts and docs/migration.md state them for callers. */
export const exitCodes = {
  failed: 1,
  rejectedRows: 1,
  usage: 2,
  callFailed: 3,
  interrupted: 130,
  brokenPipe: 141,
} as const;

/** Ends a command: with this message on standard error, and this exit code. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.usage,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
