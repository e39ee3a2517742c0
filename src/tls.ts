import type { Config } from "./config/config.js";
import { settings } from "./config/settings.js";
import type { Logger } from "./log.js";
import { ServerTls } from "./rpc/tls/server-tls.js";
import { expiryOf } from "./rpc/tls/tls-files.js";

/** Starts the server's TLS as it is configured; undefined without. Throws TlsFileError. */
export const startTls = async (config: Config, logger: Logger): Promise<ServerTls | undefined> => {
  const { tlsCertFile, tlsKeyFile, tlsClientCaFile } = config;
  if (tlsCertFile === undefined || tlsKeyFile === undefined) return undefined;
  const files = {
    certificate: { setting: settings.tlsCertFile.variable, path: tlsCertFile },
    key: { setting: settings.tlsKeyFile.variable, path: tlsKeyFile },
    clientCa:
      tlsClientCaFile === undefined ? undefined : { setting: settings.tlsClientCaFile.variable, path: tlsClientCaFile },
  };
  return ServerTls.start(files, {
    inUse: (certificate) =>
      logger.info(
        { names: certificate.subjectAltName, serialNumber: certificate.serialNumber },
        `TLS certificate in use, valid until ${expiryOf(certificate).toISOString()}`,
      ),
    refused: (reason) =>
      logger.warn(`the TLS files changed and cannot be used, what was in use stays: ${reason.replaceAll("\n", "; ")}`),
  });
};
