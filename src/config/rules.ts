import type { Config } from "./config.js";
import { isLoopback } from "./loopback.js";
import { settings } from "./settings.js";

/** A configuration of which some settings may be unreadable, and are undefined then. */
export type ReadConfig = { readonly [Name in keyof Config]: Config[Name] | undefined };

/** What is wrong with settings that are each right by themselves; undefined when nothing is. */
export type Rule = (config: ReadConfig) => string | undefined;

const loopbackOnly: Rule = ({ listen }) =>
  listen && !isLoopback(listen.host)
    ? `${settings.listen.variable} must be a loopback address, like 127.0.0.1:50051: this version has no access control, ` +
      "and would be open to everybody who reaches it"
    : undefined;

/** What settings must be to each other. */
export const rules: readonly Rule[] = [loopbackOnly];
