import { setLogger } from "@grpc/grpc-js";

/** How often a thing is told that is more than noise. */
const tellEveryMs = 60_000;

/** What grpc-js says, by how it begins, and what is told of it. Noise: what any client can cause. */
const known: readonly { readonly start: RegExp; readonly told: string; readonly isNoise?: boolean }[] = [
  {
    start: /^Failed to add metadata entry/,
    told: "a header of a call is no valid metadata; the call goes on without it",
    isNoise: true,
  },
  { start: /^Failed to (?:createSecureContext|set secure context)/, told: "a certificate or key cannot be used" },
  { start: /because of excess pings/, told: "a server ended a connection because of too many pings" },
  { start: /proxy|env var/i, told: "the proxy that the environment names cannot be used" },
];

/** Where it is told. */
export interface GrpcLog {
  debug(line: string): void;
  warn(line: string): void;
}

/**
 * Takes over what grpc-js writes in this process. Its messages hold what was sent, API keys among it, so nothing is told of
 * them but what is known of their beginning, and nothing at all of its traces (GRPC_TRACE). Without a log nothing is told.
 */
export const takeGrpcLog = (log?: GrpcLog): void => {
  const quietUntil = new Map<string, number>();
  const error = (message?: unknown): void => {
    const { told, isNoise } = known.find(({ start }) => start.test(String(message))) ?? {
      told: "something is wrong, which it says with values that are not told",
    };
    if (isNoise) log?.debug(`grpc-js: ${told}`);
    else if (Date.now() >= (quietUntil.get(told) ?? 0)) {
      quietUntil.set(told, Date.now() + tellEveryMs);
      log?.warn(`grpc-js: ${told}`);
    }
  };
  setLogger({ error, info: () => {}, debug: () => {} });
};
