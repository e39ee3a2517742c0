import { withoutArguments } from "./without-arguments.js";

/** What a command runs. */
export interface Program {
  /** Resolves with the exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** A command of the `roster` program. */
export interface Command extends Program {
  readonly summary: string;
}

/** A command of which the modules are loaded when it is run: a client need not load what a server needs. */
const command = (summary: string, load: () => Promise<Program>): Command => ({
  summary,
  run: async (args) => (await load()).run(args),
});

const help: Command = {
  summary: "show this help",
  async run() {
    const lines = Object.entries(commands).map(([name, { summary }]) => `  roster ${name.padEnd(12)} ${summary}`);
    process.stdout.write(`${["Roster, a user directory over gRPC.", "", ...lines].join("\n")}\n`);
    return 0;
  },
};

const version: Command = {
  summary: "show the version",
  async run() {
    process.stdout.write(`${(await import("../version.js")).version}\n`);
    return 0;
  },
};

/** Every command, by its name, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  serve: command("run the server; configured by environment variables, see roster serve --help", async () =>
    withoutArguments(
      "serve",
      async () => (await import("./help.js")).serveHelp,
      async () => (await import("./serve.js")).serveCommand,
    ),
  ),
  keys: command(
    "create, list and revoke API keys in the database; see roster keys --help",
    async () => (await import("./keys/keys-command.js")).keysCommand,
  ),
  import: command(
    "bring users into a running server's directory; see roster import --help",
    async () => (await import("./import/import-command.js")).importCommand,
  ),
  export: command(
    "write all users, with their password hashes, to a file; see roster export --help",
    async () => (await import("./export/export-command.js")).exportCommand,
  ),
  healthcheck: command("ask the server that has this environment whether it serves; exit code 0 if so", async () =>
    withoutArguments(
      "healthcheck",
      async () => (await import("./help.js")).healthcheckHelp,
      async () => (await import("./healthcheck.js")).healthcheckCommand,
    ),
  ),
  version,
  help,
};
