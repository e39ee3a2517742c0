import { scopes } from "../../directory/api-keys/scope.js";

/** What `roster keys --help` shows. */
export const keysHelp = `roster keys create --name NAME --scope SCOPE [--scope SCOPE ...] [--expires DURATION]
roster keys list [--json]
roster keys revoke ID

Manages API keys in the database itself, with or without a server: at MONGODB_URI, in the database ROSTER_DATABASE. When
MONGODB_URI is not set, in the embedded MongoDB at ROSTER_DATA_DIR, which this starts and so needs for itself: stop the
server that uses it, or call ApiKeyService of that server.

  --name NAME             name for people to read, in the log and in events
  --scope SCOPE           what the caller may do; again for each one more:
                          ${scopes.slice(0, 4).join(", ")},
                          ${scopes.slice(4).join(", ")} (all of it)
  --expires DURATION      how long the key is accepted, like 90d or 12h (default: until it is revoked)
  --json                  one JSON object in a line for each key

create writes the secret, and nothing else, to standard output. It is shown this once. revoke is in force on every server
within 5 seconds.

Exit codes: 0 done; 1 there is no such key, or the database cannot be used; 2 wrong arguments.
See docs/security.md.
`;
