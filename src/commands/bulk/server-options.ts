import { readFileSync } from "node:fs";
import { ChannelCredentials, type ChannelOptions } from "@grpc/grpc-js";
import { isLoopback } from "../../config/loopback.js";
import { hostPort } from "../../config/parsers.js";
import { settings } from "../../config/settings.js";
import { localAddress } from "../local-address.js";
import { CommandError } from "../command-error.js";
import { onlyCertificate } from "../only-certificate.js";

/** The options by which a command is told its server. */
export const serverOptions = {
  address: { type: "string" },
  tls: { type: "boolean", default: false },
  "tls-ca": { type: "string" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
} as const;

/** What the help of such a command says of them. */
export const serverOptionsHelp = `\
  --address HOST:PORT     the server (default: the one that has this environment, at ROSTER_LISTEN or 127.0.0.1:50051,
                          with TLS if ROSTER_TLS_CERT_FILE is set, and only by that certificate)
  --tls                   connect with TLS, to a server whose certificate a public authority has signed
  --tls-ca FILE           connect with TLS, to a server whose certificate an authority in FILE has signed
  --tls-cert FILE         the certificate to show, where the server wants one, and
  --tls-key FILE          its private key`;

interface Values {
  readonly address?: string | undefined;
  readonly tls: boolean;
  readonly "tls-ca"?: string | undefined;
  readonly "tls-cert"?: string | undefined;
  readonly "tls-key"?: string | undefined;
}

/** A server and how to connect to it. */
export interface ServerTarget {
  readonly address: string;
  readonly credentials: ChannelCredentials;
  readonly options?: ChannelOptions;
}

/** The server that the options tell; without them, the one of the same environment. */
export const serverTarget = (values: Values, env = process.env): ServerTarget => {
  const { address, tls, "tls-ca": caFile, "tls-cert": certFile, "tls-key": keyFile } = values;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new CommandError("--tls-cert and --tls-key go together");
  }
  const ownCertificate = env[settings.tlsCertFile.variable];
  try {
    const cert = read(certFile);
    const key = read(keyFile);
    const target = address ?? ownAddress(env);
    if (ownCertificate && address === undefined && !tls && caFile === undefined) {
      return { address: target, ...onlyCertificate(readFileSync(ownCertificate), cert, key) };
    }
    const plain = !tls && caFile === undefined && certFile === undefined;
    if (plain && env.ROSTER_API_KEY && !staysOnMachine(target)) {
      throw new CommandError(
        `ROSTER_API_KEY would cross the network to ${target} without encryption; see --tls and --tls-ca`,
      );
    }
    const credentials = plain
      ? ChannelCredentials.createInsecure()
      : ChannelCredentials.createSsl(read(caFile), key, cert);
    return { address: target, credentials };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`cannot connect with TLS: ${(error as Error).message}`);
  }
};

const ownAddress = (env: NodeJS.ProcessEnv): string => {
  const { variable, default: fallback, parse } = settings.listen;
  try {
    return localAddress(parse(env[variable] || String(fallback)));
  } catch (error) {
    throw new CommandError(`${variable} ${(error as Error).message}`);
  }
};

const staysOnMachine = (target: string): boolean => {
  if (target.startsWith("unix:")) return true;
  try {
    return isLoopback(hostPort(target).host);
  } catch {
    return false;
  }
};

const read = (path: string | undefined): Buffer | null => (path === undefined ? null : readFileSync(path));
