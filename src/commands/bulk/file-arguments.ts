import { type Options, parseArguments, wrongArguments } from "../arguments.js";

/** Reads the arguments of a command that takes one file: a path, or - for a pipe. Throws a CommandError. */
export const parseFileArguments = <T extends Options>(name: string, args: readonly string[], options: T) => {
  const { values, positionals } = parseArguments(name, args, options);
  const [file, ...more] = positionals;
  if (more.length > 0) throw wrongArguments(name, "one file at a time");
  return { values, file };
};
