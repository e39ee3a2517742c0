import { choice } from "../arguments.js";
import { parseFileArguments } from "../bulk/file-arguments.js";
import { CommandError } from "../command-error.js";
import { serverOptions, type ServerTarget, serverTarget } from "../bulk/server-options.js";
import { csvHeader, csvLines, ndjsonLines, type RowWriter } from "./formats.js";

/** What `roster export` was asked to do. */
export interface ExportArguments {
  /** A path, or `-` for standard output. */
  readonly file: string;
  readonly writer: RowWriter;
  readonly server: ServerTarget;
}

const writers: Readonly<Record<string, RowWriter>> = {
  ndjson: { header: "", write: ndjsonLines },
  csv: { header: csvHeader, write: csvLines },
};

/** Reads the arguments; undefined when help is asked for. */
export const parseExportArguments = (args: readonly string[]): ExportArguments | undefined => {
  const { values, file } = parseFileArguments("export", args, {
    format: { type: "string" },
    ...serverOptions,
    help: { type: "boolean", short: "h", default: false },
  });
  if (values.help) return undefined;
  if (file === undefined) throw new CommandError("which file? See roster export --help");
  const format = values.format ?? (file.endsWith(".csv") ? "csv" : "ndjson");
  return { file, writer: choice("format", format, writers), server: serverTarget(values) };
};
