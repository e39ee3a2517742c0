import { callFailed, connect, isServiceError, neverConnected } from "../bulk/client.js";
import { CommandError, exitCodes } from "../command-error.js";
import { showProgress } from "../bulk/progress.js";
import { runCommand } from "../run-command.js";
import type { Program } from "../index.js";
import { batches } from "./batches.js";
import { importHelp } from "./help.js";
import { openSource, type Source } from "./open-source.js";
import { type ImportArguments, parseImportArguments } from "./options.js";
import { RejectedFile } from "./rejected-file.js";
import { resumeFailed, resumeStopped } from "./resume.js";
import { RowSender } from "./row-sender.js";
import { Tally } from "./tally.js";

/** `roster import`: brings the users of a file into the directory of a running server. */
export const importCommand: Program = {
  run: (args) =>
    runCommand(async (interrupted) => {
      const given = parseImportArguments(args);
      if (given !== undefined) return run(given, interrupted);
      process.stdout.write(importHelp);
      return 0;
    }),
};

const run = async (given: ImportArguments, interrupted: AbortSignal): Promise<number> => {
  const source = await openSource(given, interrupted);
  const rejectedFile = RejectedFile.prepare(given.rejected, given.file);
  const tally = new Tally(given.skip, rejectedFile);
  try {
    await transfer(given, source, tally, rejectedFile, interrupted);
  } catch (error) {
    if (tally.done > 0) process.stderr.write(tally.summary(given.options.dryRun));
    if (!isServiceError(error)) throw error;
    if (!neverConnected(error) && !given.options.dryRun) process.stderr.write(resumeFailed(given, tally.lastRow));
    throw callFailed(given.server, error);
  } finally {
    source.close();
  }
  process.stderr.write(tally.summary(given.options.dryRun));
  if (interrupted.aborted) {
    if (!given.options.dryRun) process.stderr.write(resumeStopped(given, tally.lastRow));
    throw new CommandError("stopped", exitCodes.interrupted);
  }
  return tally.rejected > 0 ? exitCodes.rejectedRows : 0;
};

const transfer = async (
  { options, server }: ImportArguments,
  source: Source,
  tally: Tally,
  rejectedFile: RejectedFile,
  interrupted: AbortSignal,
): Promise<void> => {
  const client = connect(server);
  const progress = showProgress(source.size);
  try {
    const toSend = batches(source.rows, source.position, interrupted);
    for await (const { rows, position } of new RowSender(client.importUsers()).send(options, toSend)) {
      for (const row of rows) tally.add(row);
      await rejectedFile.flush();
      progress.update(tally.done, position);
    }
  } finally {
    progress.stop();
    client.close();
    await rejectedFile.close();
  }
};
