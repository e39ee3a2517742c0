import { readFileSync } from "node:fs";
import { ImportOptions, ImportOptions_MatchOn, ImportOptions_Mode } from "../../../gen/ts/roster/v1/import.js";
import { choice } from "../arguments.js";
import { parseFileArguments } from "../bulk/file-arguments.js";
import { CommandError } from "../command-error.js";
import { serverOptions, type ServerTarget, serverTarget } from "../bulk/server-options.js";
import { type FirebaseHashConfig, parseHashConfig } from "./formats/firebase-hash-config.js";
import type { Format } from "./formats/format.js";
import { formats } from "./formats/index.js";

/** What `roster import` was asked to do. */
export interface ImportArguments {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Undefined: to be guessed. */
  readonly format: Format | undefined;
  readonly options: ImportOptions;
  readonly skip: number;
  readonly rejected: string | undefined;
  readonly server: ServerTarget;
  readonly hashConfig: FirebaseHashConfig | undefined;
  readonly withoutPasswords: boolean;
}

const modes = {
  "create-only": ImportOptions_Mode.CREATE_ONLY,
  upsert: ImportOptions_Mode.UPSERT,
  "update-only": ImportOptions_Mode.UPDATE_ONLY,
};
const matchOns = {
  id: ImportOptions_MatchOn.ID,
  "external-id": ImportOptions_MatchOn.EXTERNAL_ID,
  email: ImportOptions_MatchOn.EMAIL,
};

/** Reads the arguments; undefined when help is asked for. */
export const parseImportArguments = (args: readonly string[]): ImportArguments | undefined => {
  const { values, file } = parseFileArguments("import", args, {
    format: { type: "string" },
    mode: { type: "string", default: "create-only" },
    "match-on": { type: "string" },
    "dry-run": { type: "boolean", default: false },
    skip: { type: "string", default: "0" },
    rejected: { type: "string" },
    "hash-config": { type: "string" },
    "without-passwords": { type: "boolean", default: false },
    ...serverOptions,
    help: { type: "boolean", short: "h", default: false },
  });
  if (values.help) return undefined;
  if (file === undefined) throw new CommandError("which file? See roster import --help");
  const mode = choice("mode", values.mode, modes);
  const matchOn = values["match-on"];
  const finds = mode !== ImportOptions_Mode.CREATE_ONLY;
  if (finds && matchOn === undefined) {
    throw new CommandError(`--mode ${values.mode} needs --match-on id, external-id or email`);
  }
  if (!finds && matchOn !== undefined) {
    throw new CommandError("--match-on goes with --mode upsert or update-only");
  }
  if (!/^\d{1,15}$/.test(values.skip)) throw new CommandError("--skip must be a number of rows");
  const hashConfig = values["hash-config"];
  return {
    file,
    format: values.format === undefined ? undefined : choice("format", values.format, formats),
    options: {
      mode,
      matchOn: matchOn === undefined ? ImportOptions_MatchOn.UNSPECIFIED : choice("match-on", matchOn, matchOns),
      dryRun: values["dry-run"],
    },
    skip: Number(values.skip),
    rejected: values.rejected,
    server: serverTarget(values),
    hashConfig: hashConfig === undefined ? undefined : parseHashConfig(readText(hashConfig)),
    withoutPasswords: values["without-passwords"],
  };
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CommandError(`cannot read the hash parameters: ${(error as Error).message}`);
  }
};
