import { setFlagsFromString } from "node:v8";
import { asksCallers } from "../config/asks-callers.js";
import { type Config, ConfigError, loadConfig } from "../config/config.js";
import { takeGrpcLog } from "../grpc-log.js";
import { createLog } from "../log.js";
import { DatabaseSetupError } from "../mongo/database.js";
import { tellUnexpected } from "../process-output.js";
import { ListenError } from "../rpc/listen.js";
import { TlsFileError } from "../rpc/tls/tls-files.js";
import { type RunningServer, serve } from "../serve.js";
import { asksForTraces, startTraces, type Traces } from "../traces/traces.js";
import { version } from "../version.js";
import { within } from "../within.js";
import { exitCodes } from "./command-error.js";
import type { Program } from "./index.js";
import { onStopSignals } from "./stop-signals.js";

const security = ({ tlsCertFile, tlsClientCaFile }: Config): string => {
  if (tlsCertFile === undefined) return "without TLS: loopback only";
  return tlsClientCaFile === undefined ? "with TLS" : "with TLS and client certificates";
};

/**
 * By how much of what is in use the heap may grow until the next collection of all of it. V8's own measure for a small heap
 * is three times as much, which an import of a million rows reaches again and again.
 */
const heapGrowingPercent = 100;

/** The part of the grace in which the last spans are sent. */
const shareForTraces = 0.1;

/** What is told in a few lines, because the person who starts the server can mend it. */
const reasonsNotToStart = [ConfigError, DatabaseSetupError, ListenError, TlsFileError];

/**
 * `roster serve`: runs the server until SIGTERM or SIGINT. A signal while it starts ends it at once, as does a second one
 * more than a second after the first.
 */
export const serveCommand: Program = {
  async run() {
    setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
    const stopRequested = new Promise<NodeJS.Signals>((resolve) => {
      onStopSignals(resolve, () => process.exit(exitCodes.interrupted));
    });
    let log: ReturnType<typeof createLog> | undefined;
    let server: RunningServer | undefined;
    let traces: Traces | undefined;
    let graceMs = 0;
    try {
      const config = loadConfig(process.env);
      graceMs = config.shutdownGrace;
      log = createLog(config.logLevel, asksForTraces(process.env) ? () => traces?.logFields() ?? {} : undefined);
      const { logger, flush } = log;
      tellUnexpected((what, isFatal) => {
        if (isFatal) logger.fatal(what, "unexpected error");
        else logger.warn(what, "warning of Node.js or of a library");
        if (isFatal) flush();
      });
      takeGrpcLog(logger);
      traces = await startTraces(process.env, (message) => logger.warn(message));
      const started = await Promise.race([serve(config, logger, { traces }), stopRequested]);
      if (typeof started === "string") {
        logger.info(`${started}: ended before it was ready`);
        log.flush();
        // What it waits for, as a download or a database, may take long. The embedded MongoDB notices the end.
        process.exit(0);
      }
      server = started;
      logger.info({ version }, `listening on ${server.address}, ${security(config)}`);
      if (!asksCallers(config)) {
        logger.info(
          `callers are not asked who they are: anybody who reaches ${server.address} may do everything; ` +
            "see docs/security.md",
        );
      }
      log.flush();
      const ended = await Promise.race([stopRequested, server.failed]);
      if (ended instanceof Error) {
        logger.error({ err: ended }, ended.message);
        return 1;
      }
      logger.info(`${ended}: shutting down`);
      return 0;
    } catch (error) {
      if (!reasonsNotToStart.some((reason) => error instanceof reason)) throw error;
      log?.flush();
      process.stderr.write(`roster: cannot start:\n${(error as Error).message}\n`);
      return 1;
    } finally {
      if (server) {
        await server.stop();
        if (traces) await within(traces.stop(), graceMs * shareForTraces);
        // Connections to a database that is away, and an export that is still under way, would hold up the end.
        setTimeout(() => process.exit(), 100).unref();
        log?.logger.info("stopped");
      }
      log?.flush();
    }
  },
};
