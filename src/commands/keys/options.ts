import { duration } from "../../config/parsers.js";
import { type Options, parseArguments, wrongArguments } from "../arguments.js";
import type { CommandError } from "../command-error.js";

/** What `roster keys` was asked to do. */
export type KeysArguments =
  | { readonly action: "help" }
  | {
      readonly action: "create";
      readonly name: string;
      readonly scopes: readonly string[];
      readonly lifetimeMs?: number;
    }
  | { readonly action: "list"; readonly json: boolean }
  | { readonly action: "revoke"; readonly id: string };

const minute = 60_000;
const day = 1_440 * minute;

/** Reads the arguments. Throws CommandError. */
export const parseKeysArguments = (args: readonly string[]): KeysArguments => {
  const [action = "help", ...rest] = args;
  const asked = [action, ...rest].some((arg) => arg === "--help" || arg === "-h");
  if (action === "help" || asked) return { action: "help" };
  switch (action) {
    case "create": {
      const { name, scope, expires } = parse(rest, 0, {
        name: { type: "string" },
        scope: { type: "string", multiple: true },
        expires: { type: "string" },
      }).values;
      if (name === undefined) throw wrong("--name is missing");
      if (scope === undefined) throw wrong("--scope is missing");
      return { action, name, scopes: scope, ...(expires !== undefined && { lifetimeMs: lifetimeOf(expires) }) };
    }
    case "list":
      return { action, json: parse(rest, 0, { json: { type: "boolean", default: false } }).values.json };
    case "revoke":
      return { action, id: String(parse(rest, 1, {}).positionals[0]) };
    default:
      throw wrong(`unknown: keys ${action}`);
  }
};

const parse = <T extends Options>(args: readonly string[], positionals: number, options: T) => {
  const parsed = parseArguments("keys", args, options);
  if (parsed.positionals.length < positionals) throw wrong("the id of the key is missing");
  if (parsed.positionals.length > positionals) throw wrong(`unknown: ${parsed.positionals.at(-1)}`);
  return parsed;
};

const lifetimeOf = (expires: string): number => {
  try {
    return duration(minute, 3_650 * day)(expires);
  } catch (error) {
    throw wrong(`--expires ${(error as Error).message}`);
  }
};

const wrong = (message: string): CommandError => wrongArguments("keys", message);
