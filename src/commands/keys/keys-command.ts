import type { ApiKey } from "../../directory/api-keys/api-key.js";
import type { ApiKeys } from "../../directory/api-keys/api-keys.js";
import { RosterError } from "../../directory/error.js";
import { CommandError, exitCodes } from "../command-error.js";
import { runCommand } from "../run-command.js";
import type { Program } from "../index.js";
import { keysHelp } from "./help.js";
import { withApiKeys } from "./open-keys.js";
import { type KeysArguments, parseKeysArguments } from "./options.js";

/** `roster keys`: creates, lists and revokes API keys in the database itself. */
export const keysCommand: Program = {
  run: (args) =>
    runCommand(async (interrupted) => {
      const given = parseKeysArguments(args);
      if (given.action === "help") process.stdout.write(keysHelp);
      else await withApiKeys((apiKeys, now) => run(given, apiKeys, now, interrupted)).catch(explain);
      return 0;
    }),
};

const run = async (given: KeysArguments, apiKeys: ApiKeys, now: Date, interrupted: AbortSignal): Promise<void> => {
  switch (given.action) {
    case "help":
      return;
    case "create": {
      const { name, scopes, lifetimeMs } = given;
      const expiresAt = lifetimeMs === undefined ? undefined : new Date(now.getTime() + lifetimeMs);
      const { key, secret } = await apiKeys.create({ name, scopes, expiresAt });
      process.stdout.write(`${secret}\n`);
      process.stderr.write(`created ${describe(key)}\nThe line on standard output is its secret, shown this once.\n`);
      return;
    }
    case "list": {
      const all = { pageSize: 0, limit: 0, order: "ascending", after: "", before: "" } as const;
      for await (const { items } of apiKeys.list(all, interrupted)) {
        for (const key of items) process.stdout.write(`${given.json ? JSON.stringify(key) : describe(key)}\n`);
      }
      return;
    }
    case "revoke":
      process.stderr.write(`revoked ${describe(await apiKeys.revoke(given))}\n`);
  }
};

const describe = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiKey): string => {
  const times = { created: createdAt, expires: expiresAt, "last used": lastUsedAt, revoked: revokedAt };
  const told = Object.entries(times).flatMap(([what, at]) => (at ? [`${what} ${at.toISOString()}`] : []));
  return `${id}  ${JSON.stringify(name)}  ${scopes.join(",")}  ${told.join(", ")}`;
};

const explain = (error: unknown): never => {
  if (!(error instanceof RosterError)) throw error;
  const { violations } = error.details;
  const message = violations?.map(({ field, description }) => `${field} ${description}`).join("\n") ?? error.message;
  throw new CommandError(message, violations ? exitCodes.usage : exitCodes.failed);
};
