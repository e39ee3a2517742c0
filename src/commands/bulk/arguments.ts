import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError } from "./command-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads the arguments of a command that takes one file: a path, or - for a pipe. */
export const parseArguments = <T extends Options>(name: string, args: readonly string[], options: T) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new CommandError("one file at a time");
    return { values, file };
  } catch (error) {
    const message = (error as Error).message.split(". To specify")[0];
    throw new CommandError(`${message}; see roster ${name} --help`);
  }
};

/** The value of an option that has a fixed set of values. */
export const choice = <T>(option: string, given: string, values: Readonly<Record<string, T>>): T => {
  const value = Object.hasOwn(values, given) ? values[given] : undefined;
  if (value === undefined) throw new CommandError(`--${option} must be one of ${Object.keys(values).join(", ")}`);
  return value;
};
