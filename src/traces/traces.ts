/** What is known of a call when it comes in. */
export interface IncomingCall {
  /** `/package.Service/Method`. */
  readonly method: string;
  /** Address of the client. */
  peer(): string;
  /** The first value of a header, in lower case. */
  header(name: string): string | undefined;
}

/** What a line of the log says of a trace. */
export interface TraceFields {
  readonly trace_id: string;
  readonly span_id: string;
}

/** The span of a call. */
export interface CallSpan {
  readonly logFields: TraceFields;
  /** Runs what belongs to the call: spans and lines of the log that come from it know the call, if it is recorded. */
  run(work: () => void): void;
  /** The call ended with this status code. */
  end(code: string): void;
}

/** Collects traces and sends them away. */
export interface Traces {
  startCall(call: IncomingCall): CallSpan;
  /** What a line of the log says of the recorded call that it is written for. */
  logFields(): TraceFields | undefined;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the standard environment variables of OpenTelemetry ask for traces. */
export const asksForTraces = (env: Environment): boolean => {
  if (!env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT && !env.OTEL_EXPORTER_OTLP_ENDPOINT) return false;
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === "true") return false;
  return namesIn(env.OTEL_TRACES_EXPORTER, "otlp").includes("otlp");
};

/**
 * Starts to collect traces, for the whole process, when the environment asks for it. Nothing of OpenTelemetry is loaded
 * before, and the configuration is read from the environment of the process: `env` must be that.
 */
export const startTraces = async (env: Environment, warn: (message: string) => void): Promise<Traces | undefined> => {
  if (!asksForTraces(env)) return undefined;
  const { startOpenTelemetry } = await import("./open-telemetry.js");
  return startOpenTelemetry(env, warn);
};

/** The names in a variable that lists them, or the default. */
export const namesIn = (value: string | undefined, fallback: string): string[] =>
  (value?.trim() || fallback).split(",").map((name) => name.trim().toLowerCase());
