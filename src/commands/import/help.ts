import { serverOptionsHelp } from "../bulk/server-options.js";
import { formats } from "./formats/index.js";

const list = Object.entries(formats).map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`);

/** What `roster import --help` shows. */
export const importHelp = `roster import FILE [options]

Creates or changes the users of a file in the directory of a running server. FILE is a path, or - for standard input.

  --format NAME           form of the file; guessed when not given
  --mode MODE             create-only (default): each row creates a user
                          upsert: a row whose user exists changes it, any other creates one
                          update-only: each row changes a user; one without a user is rejected
  --match-on FIELD        with upsert and update-only: id, external-id or email, by which a row finds its user
  --dry-run               tell what would become of the rows, and write nothing
  --skip N                leave out the first N rows
  --rejected FILE         where rejected rows go, with the reason; must not exist
                          (default: FILE.rejected.ndjson, for standard input import.rejected.ndjson,
                          or the next name that is free)
  --hash-config FILE      Firebase: the project's password hash parameters, as its console shows them
  --without-passwords     leave passwords and hashes out
${serverOptionsHelp}

Formats:
${list.join("\n")}

Exit codes: 0 every row was accepted; 1 some were rejected; 2 wrong arguments, or a file cannot be read or written;
3 the server cannot be reached, or the call failed; 130 stopped by Ctrl-C, after the results of what was sent (another
Ctrl-C after a second or more ends at once).
See docs/migration.md.
`;
