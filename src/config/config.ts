import { type ReadConfig, rules } from "./rules.js";
import { type Setting, settings } from "./settings.js";
import { unknownVariables } from "./unknown-variables.js";

type Settings = typeof settings;

/** The configuration: a value for each setting. Durations are in milliseconds, sizes in bytes. */
export type Config = { readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never };

/** Everything that is wrong with the configuration, one line for each mistake. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from environment variables. An empty variable stands for the default. A setting without a default
 * must not be empty: a secret that was lost on its way would else start an empty directory, or an open one. A variable that
 * begins as ours do and is no setting is a mistake. Throws ConfigError.
 */
export const loadConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const mistakes = unknownVariables(env);
  const read = ({ variable, default: fallback, parse }: Setting<unknown>): unknown => {
    const given = env[variable] || fallback;
    if (given === undefined) {
      if (env[variable] === "") mistakes.push(`${variable} is set to nothing: give it a value, or unset it`);
      return undefined;
    }
    try {
      return parse(given);
    } catch (error) {
      mistakes.push(`${variable} ${(error as Error).message}`);
      return undefined;
    }
  };
  const config = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, read(setting)]));
  for (const rule of rules) {
    const mistake = rule(config as ReadConfig);
    if (mistake !== undefined) mistakes.push(mistake);
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes.join("\n"));
  return config as Config;
};
