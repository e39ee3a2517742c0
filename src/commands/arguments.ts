import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError } from "./command-error.js";

/** The options that a command takes, as `parseArgs` of Node.js describes them. */
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads the arguments of the command `roster NAME`. Throws a CommandError when they are not what it takes. */
export const parseArguments = <T extends Options>(name: string, args: readonly string[], options: T) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node.js goes on with how to pass what looks like an option.
    throw wrongArguments(name, String((error as Error).message.split(". To specify")[0]));
  }
};

/** Ends the command `roster NAME`, and points to its help. */
export const wrongArguments = (name: string, message: string): CommandError =>
  new CommandError(`${message}; see roster ${name} --help`);

/** The value of an option that has a fixed set of values. Throws a CommandError for any other. */
export const choice = <T>(option: string, given: string, values: Readonly<Record<string, T>>): T => {
  const value = Object.hasOwn(values, given) ? values[given] : undefined;
  if (value === undefined) throw new CommandError(`--${option} must be one of ${Object.keys(values).join(", ")}`);
  return value;
};
