import { type Setting, settings } from "./settings.js";

type Settings = typeof settings;

/** The configuration: a value for each setting. Durations are in milliseconds, sizes in bytes. */
export type Config = { readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never };

/** Everything that is wrong with the configuration, one line for each mistake. */
export class ConfigError extends Error {}

/** Reads the configuration from environment variables; an empty variable is the same as none. Throws ConfigError. */
export const loadConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const mistakes: string[] = [];
  const read = ({ variable, default: fallback, parse }: Setting<unknown>): unknown => {
    const given = env[variable] || fallback;
    if (given === undefined) return undefined;
    try {
      return parse(given);
    } catch (error) {
      mistakes.push(`${variable} ${(error as Error).message}`);
      return undefined;
    }
  };
  const config = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, read(setting)])) as Config;
  if (config.listen && !isLoopback(config.listen.host)) {
    mistakes.push(
      `${settings.listen.variable} must be a loopback address, like 127.0.0.1:50051: this version has no access control, ` +
        "and would be open to everybody who reaches it",
    );
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes.join("\n"));
  return config;
};

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
