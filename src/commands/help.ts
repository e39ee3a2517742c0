import { settings } from "../config/settings.js";

const variables = Object.values(settings).map(
  ({ variable, default: value, description }) =>
    `  ${variable}${value === undefined ? "" : ` (default: ${value})`}\n      ${description}\n`,
);

/** What `roster serve --help` shows. */
export const serveHelp = `roster serve

Runs the server until SIGTERM or SIGINT; another signal a second or more later ends it at once. It is configured by environment variables:

${variables.join("")}
Exit codes: 0 stopped by a signal; 1 the server cannot start, or cannot go on; 2 wrong arguments.
`;

/** What `roster healthcheck --help` shows. */
export const healthcheckHelp = `roster healthcheck

Asks the server that has the same environment whether it serves, at ROSTER_HEALTH_LISTEN or else at ROSTER_LISTEN. Where
health checks need an API key, it sends the one in ROSTER_API_KEY.

Exit codes: 0 it serves; 1 it does not, or does not answer; 2 wrong arguments.
See docs/security.md.
`;
