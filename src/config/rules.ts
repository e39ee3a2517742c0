import type { Config } from "./config.js";
import { isLoopback } from "./loopback.js";
import { settings } from "./settings.js";

/** A configuration of which some settings may be unreadable, and are undefined then. */
export type ReadConfig = { readonly [Name in keyof Config]: Config[Name] | undefined };

/** What is wrong with settings that are each right by themselves; undefined when nothing is. */
export type Rule = (config: ReadConfig) => string | undefined;

const tlsFiles = `${settings.tlsCertFile.variable} and ${settings.tlsKeyFile.variable}`;

const loopbackWithoutTls: Rule = ({ listen, tlsCertFile, tlsKeyFile }) =>
  listen && !isLoopback(listen.host) && tlsCertFile === undefined && tlsKeyFile === undefined
    ? `${settings.listen.variable} must be a loopback address, like 127.0.0.1:50051, unless ${tlsFiles} are set: ` +
      "keys and passwords would cross the network without encryption"
    : undefined;

const certificateWithKey: Rule = ({ tlsCertFile, tlsKeyFile }) => {
  if ((tlsCertFile === undefined) === (tlsKeyFile === undefined)) return undefined;
  const missing = tlsCertFile === undefined ? settings.tlsCertFile : settings.tlsKeyFile;
  return `${missing.variable} must be set: ${tlsFiles} go together`;
};

const clientCaWithTls: Rule = ({ tlsClientCaFile, tlsCertFile, tlsKeyFile }) =>
  tlsClientCaFile !== undefined && tlsCertFile === undefined && tlsKeyFile === undefined
    ? `${settings.tlsClientCaFile.variable} needs ${tlsFiles}: without TLS no client shows a certificate`
    : undefined;

const clientScopesWithCa: Rule = ({ tlsClientScopes, tlsClientCaFile }) =>
  tlsClientScopes !== undefined && tlsClientCaFile === undefined
    ? `${settings.tlsClientScopes.variable} needs ${settings.tlsClientCaFile.variable}, by which certificates are checked`
    : undefined;

const clientScopesWithAuthentication: Rule = ({ tlsClientScopes, authentication }) =>
  tlsClientScopes !== undefined && authentication === "none"
    ? `${settings.authentication.variable} must be required where ${settings.tlsClientScopes.variable} is set: ` +
      "else everybody may do everything"
    : undefined;

const authenticationBeyondLoopback: Rule = ({ listen, authentication }) =>
  listen && !isLoopback(listen.host) && authentication === "none"
    ? `${settings.authentication.variable} must be required where ${settings.listen.variable} is not a loopback address: ` +
      "everybody who reaches it could do everything"
    : undefined;

/** What settings must be to each other. */
export const rules: readonly Rule[] = [
  loopbackWithoutTls,
  certificateWithKey,
  clientCaWithTls,
  clientScopesWithCa,
  clientScopesWithAuthentication,
  authenticationBeyondLoopback,
];
