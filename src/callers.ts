import { asksCallers } from "./config/asks-callers.js";
import type { Config } from "./config/config.js";
import { ApiKeys } from "./directory/api-keys/api-keys.js";
import { KeyUses } from "./directory/api-keys/key-uses.js";
import { KnownKeys } from "./directory/api-keys/known-keys.js";
import type { Logger } from "./log.js";
import { mongoApiKeys } from "./mongo/api-keys.js";
import type { SessionPool } from "./mongo/commit/session-pool.js";
import type { Database } from "./mongo/database.js";
import { apiKeyCallers } from "./rpc/authentication/api-key-callers.js";
import type { CallerSource } from "./rpc/authentication/caller.js";
import { certificateCallers } from "./rpc/authentication/certificate-callers.js";
import type { Callers } from "./rpc/server.js";

/** What a server knows of its callers. */
export interface CallersAndKeys {
  readonly apiKeys: ApiKeys;
  /** Undefined where callers are not asked who they are. */
  readonly callers: Callers | undefined;
  stop(): Promise<void>;
}

/** Prepares how callers are known, as the configuration says. */
export const startCallers = (
  config: Config,
  { db, clock }: Database,
  sessions: SessionPool,
  logger: Logger,
): CallersAndKeys => {
  const store = mongoApiKeys(db, (work) => sessions.use(work));
  const apiKeys = new ApiKeys({
    store,
    clock,
    onChange: (what, { id, name, scopes }, caller) => logger.info({ id, name, scopes, caller }, `API key ${what}`),
  });
  if (!asksCallers(config)) return { apiKeys, callers: undefined, stop: async () => {} };
  const uses = new KeyUses(store, clock);
  uses.start();
  const keys = new KnownKeys({ store, clock, onUse: (id) => uses.note(id) });
  return {
    apiKeys,
    callers: { sources: sources(config, keys), openServices: config.unauthenticatedServices },
    stop: () => uses.stop(),
  };
};

// A key that is sent counts, whatever the certificate.
const sources = ({ tlsClientScopes }: Config, keys: KnownKeys): CallerSource[] => [
  apiKeyCallers(keys),
  ...(tlsClientScopes ? [certificateCallers(tlsClientScopes)] : []),
];
