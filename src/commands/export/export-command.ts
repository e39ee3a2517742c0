import type { ExportUsersResponse } from "../../../gen/ts/roster/v1/user_service.js";
import { callFailed, connect, isServiceError } from "../bulk/client.js";
import { CommandError, exitCodes } from "../command-error.js";
import { count, rate, showProgress } from "../bulk/progress.js";
import { runCommand } from "../run-command.js";
import type { Program } from "../index.js";
import { exportHelp } from "./help.js";
import { type ExportArguments, parseExportArguments } from "./options.js";
import { FileOutput, type Output, pipeOutput } from "./output.js";

/** `roster export`: writes every user of a running server's directory, with the hash of its password, to a file. */
export const exportCommand: Program = {
  run: (args) =>
    runCommand(async (interrupted) => {
      const given = parseExportArguments(args);
      if (given !== undefined) return run(given, interrupted);
      process.stdout.write(exportHelp);
      return 0;
    }),
};

const run = async (given: ExportArguments, interrupted: AbortSignal): Promise<number> => {
  const output = given.file === "-" ? pipeOutput() : await FileOutput.open(given.file);
  const started = Date.now();
  try {
    const { rows, cursor } = await transfer(given, output, interrupted);
    await output.finish();
    process.stderr.write(
      `${count(rows)} users, ${rate(rows, started)} users/s\n` +
        `cursor of the events behind this copy, for WatchEvents: ${cursor || "none, there was no event yet"}\n`,
    );
    return 0;
  } catch (error) {
    await output.abandon();
    if (interrupted.aborted) throw new CommandError("stopped; nothing is kept", exitCodes.interrupted);
    throw isServiceError(error) ? callFailed(given.server, error) : error;
  }
};

const transfer = async (
  { server, file, writer }: ExportArguments,
  output: Output,
  interrupted: AbortSignal,
): Promise<{ readonly rows: number; readonly cursor: string }> => {
  const client = connect(server);
  // In a pipe, whoever reads shows progress.
  const progress = file === "-" ? undefined : showProgress(undefined);
  const call = client.exportUsers({});
  // The loop below tells of an error, but for the one that cancelling brings when it is over.
  call.on("error", () => {});
  interrupted.addEventListener("abort", () => call.cancel());
  let rows = 0;
  let cursor = "";
  try {
    await output.write(writer.header);
    for await (const response of call as AsyncIterable<ExportUsersResponse>) {
      cursor ||= response.cursor;
      rows += response.rows.length;
      await output.write(writer.write(response.rows));
      progress?.update(rows);
    }
  } finally {
    progress?.stop();
    call.cancel();
    client.close();
  }
  return { rows, cursor };
};
