import { MongoServerError } from "mongodb";

/** What errors of the operating system say of a connection, by their codes. */
const systemErrors: Readonly<Record<string, string>> = {
  ENOTFOUND: "a host name in it is not known, or a @ or / before it is not percent-encoded (ENOTFOUND)",
  EAI_AGAIN: "host names cannot be looked up now (EAI_AGAIN)",
  ENODATA: "no servers are listed under its name (ENODATA)",
  ECONNREFUSED: "nothing listens there (ECONNREFUSED)",
  ECONNRESET: "the connection was closed from there (ECONNRESET)",
  ETIMEDOUT: "there is no answer from there (ETIMEDOUT)",
  EHOSTUNREACH: "there is no way to a host in it (EHOSTUNREACH)",
  ENETUNREACH: "there is no way to its network (ENETUNREACH)",
  ENOENT: "a file or socket that it names is not there (ENOENT)",
  EACCES: "a file or socket that it names may not be used (EACCES)",
};

const unreadable =
  "it is no connection string that the driver understands. In a user name and a password, @ : / ? # [ ] and % must be " +
  "percent-encoded (@ as %40, / as %2F), and options must be known to the driver";

/**
 * Why the database of a connection string cannot be used, for the person who wrote it. Never says anything of the string:
 * where a password in it is not encoded, what the driver takes for a host or a port is a part of that password.
 */
export const setupProblem = (error: unknown): string => {
  if (error instanceof MongoServerError) {
    return `the server refuses: ${error.codeName ?? "error"} (code ${error.code})`;
  }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    const known = typeof code === "string" ? systemErrors[code] : undefined;
    if (known !== undefined) return known;
    // TLS, mostly: OpenSSL and Node.js have hundreds of them.
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) && code !== "ERR_INVALID_URL") return code;
  }
  const { name = "" } = error as { name?: string };
  if (/Parse|Argument|APIError|Runtime|Credentials|URIError|TypeError/.test(name)) return unreadable;
  if (name === "MongoServerSelectionError") return "no server that takes writes was found in time";
  return /^\w+$/.test(name) ? name : "unknown error";
};
