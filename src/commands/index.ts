import { exportCommand } from "./export/export-command.js";
import { healthcheck } from "./healthcheck.js";
import { importCommand } from "./import/import-command.js";
import { serveCommand } from "./serve.js";

/** A command of the `roster` program. */
export interface Command {
  readonly summary: string;
  /** Resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

const help: Command = {
  summary: "show this help",
  async run() {
    const lines = Object.entries(commands).map(([name, { summary }]) => `  roster ${name.padEnd(12)} ${summary}`);
    process.stdout.write(`${["Roster, a user directory over gRPC.", "", ...lines].join("\n")}\n`);
    return 0;
  },
};

export const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  import: importCommand,
  export: exportCommand,
  healthcheck,
  help,
};
