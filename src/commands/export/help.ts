import { serverOptionsHelp } from "../bulk/server-options.js";

/** What `roster export --help` shows. */
export const exportHelp = `roster export FILE [options]

Writes every user of a running server's directory, with the hash of its password, in a form that roster import takes.
FILE is a path, or - for standard output. The file appears when it is complete, and takes the place of one that is there.

  --format NAME           ndjson or csv (default: csv for a file that ends so, else ndjson)
${serverOptionsHelp}

At the end it tells the cursor to give WatchEvents, so that the copy can follow what changes.

Exit codes: 0 all is written; 2 wrong arguments, or the file cannot be written; 3 the server cannot be reached, or the
call failed; 130 stopped by Ctrl-C; 141 whoever read standard output went away.
See docs/migration.md.
`;
