/** Reads one value of the configuration, or throws an Error that says what is allowed. */
export type Parser<T> = ((given: string) => T) & {
  /** What is allowed, for documentation. Present where the parser takes nothing but certain words. */
  readonly allowed?: string;
};

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration like `500ms`, `15s`, `30m`, `24h` or `90d`, in milliseconds. */
export const duration =
  (minMs: number, maxMs: number): Parser<number> =>
  (given) => {
    const [, number, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(given) ?? [];
    const ms = Number(number) * (durationUnits[unit ?? ""] ?? Number.NaN);
    if (!(ms >= minMs && ms <= maxMs)) {
      throw new Error(`must be a duration like 500ms, 15s, 30m or 90d, from ${minMs}ms to ${maxMs}ms`);
    }
    return ms;
  };

const sizeUnits: Readonly<Record<string, number>> = { KiB: 1_024, MiB: 1_048_576 };

/** A size like `512KiB` or `4MiB`, in bytes. */
export const size =
  (minBytes: number, maxBytes: number): Parser<number> =>
  (given) => {
    const [, number, unit] = /^(\d+)(KiB|MiB)$/.exec(given) ?? [];
    const bytes = Number(number) * (sizeUnits[unit ?? ""] ?? Number.NaN);
    if (!(bytes >= minBytes && bytes <= maxBytes)) {
      throw new Error(`must be a size like 512KiB or 4MiB, from ${minBytes} to ${maxBytes} bytes`);
    }
    return bytes;
  };

/** A whole number in decimal digits, within these bounds. */
export const integer =
  (min: number, max: number): Parser<number> =>
  (given) => {
    const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (!(number >= min && number <= max)) throw new Error(`must be a whole number from ${min} to ${max}`);
    return number;
  };

/** One of the words. */
export const oneOf = <T extends string>(...words: readonly T[]): Parser<T> => {
  const allowed = `one of ${words.map(quoted).join(", ")}`;
  const parse = (given: string): T => {
    const found = words.find((word) => word === given);
    if (found === undefined) throw new Error(`must be one of ${words.join(", ")}`);
    return found;
  };
  return Object.assign(parse, { allowed });
};

/** Some of the words, separated by commas, or `none`. */
export const setOf = <T extends string>(...words: readonly T[]): Parser<ReadonlySet<T>> => {
  const allowed = `\`none\`, or some of ${words.map(quoted).join(", ")}, separated by commas, as in ${quoted(words.join(","))}`;
  const parse = (given: string): ReadonlySet<T> => {
    if (given === "none") return new Set();
    return new Set(
      given.split(",").map((part) => {
        const found = words.find((word) => word === part.trim());
        if (found === undefined) throw new Error(`must be none, or some of ${words.join(", ")}, separated by commas`);
        return found;
      }),
    );
  };
  return Object.assign(parse, { allowed });
};

// As Markdown writes what is typed.
const quoted = (value: string): string => `\`${value}\``;

/** A text that matches; `allowed` completes "must be …" in the error. */
export const matching =
  (pattern: RegExp, allowed: string): Parser<string> =>
  (given) => {
    if (!pattern.test(given)) throw new Error(`must be ${allowed}`);
    return given;
  };

/** An address to listen on. */
export interface HostPort {
  /** Without the brackets of IPv6. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** The address as it is written. */
export const toAddress = ({ host, port }: HostPort): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** `host:port`, with an IPv6 address in brackets. Port 0 is any free one. */
export const hostPort: Parser<HostPort> = (given) => {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s[\]]+)):(\d{1,5})$/.exec(given) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535) throw new Error("must be host:port, like 127.0.0.1:50051 or [::1]:50051");
  return { host, port };
};
