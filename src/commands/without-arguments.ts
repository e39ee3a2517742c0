import { exitCodes } from "./command-error.js";
import type { Program } from "./index.js";

/** A program that takes no arguments but --help, which shows the text. It is loaded only when it is run. */
export const withoutArguments = (name: string, help: () => Promise<string>, load: () => Promise<Program>): Program => ({
  async run(args) {
    if (args.some((arg) => arg === "--help" || arg === "-h")) {
      process.stdout.write(await help());
      return 0;
    }
    const [unknown] = args;
    if (unknown === undefined) return (await load()).run([]);
    process.stderr.write(`roster: unknown: ${unknown}; see roster ${name} --help\n`);
    return exitCodes.usage;
  },
});
