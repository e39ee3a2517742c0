import { diag, DiagLogLevel } from "@opentelemetry/api";
import { setGlobalErrorHandler, W3CTraceContextPropagator } from "@opentelemetry/core";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from "@opentelemetry/semantic-conventions";
import { version } from "../version.js";
import { ScopedSpans } from "./scoped-spans.js";
import { setSpans } from "./spans.js";
import { type Environment, namesIn, type Traces } from "./traces.js";

/** Most lines of the log that say that traces cannot be sent: one in this time. */
const warnEveryMs = 60_000;

/**
 * Makes spans with the SDK of OpenTelemetry and sends them by OTLP. The SDK reads what configures sampler, batches, limits,
 * resource and exporter from the environment of the process.
 */
export const startOpenTelemetry = async (env: Environment, warn: (message: string) => void): Promise<Traces> => {
  diag.setLogger(loggerOf(warn), DiagLogLevel.WARN);
  setGlobalErrorHandler(rarely((error) => warn(`traces cannot be sent: ${messageOf(error)}`)));
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: "roster", [ATTR_SERVICE_VERSION]: version }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(await exporterFor(env, warn))],
  });
  const spans = new ScopedSpans(provider.getTracer("roster"), propagatorFor(env, warn));
  setSpans(spans);
  return {
    startCall: (call) => spans.startCall(call),
    logFields: () => spans.logFields(),
    async stop() {
      setSpans(undefined);
      await provider.shutdown();
    },
  };
};

const exporterFor = async (env: Environment, warn: (message: string) => void): Promise<SpanExporter> => {
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || "http/protobuf";
  if (protocol === "grpc") {
    const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-grpc");
    return new OTLPTraceExporter();
  }
  if (protocol !== "http/protobuf") {
    warn(`OTEL_EXPORTER_OTLP_PROTOCOL must be grpc or http/protobuf; traces are sent by http/protobuf`);
  }
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
  return new OTLPTraceExporter();
};

/** What reads the context of callers. Baggage says nothing of the call's place in a trace, and no call is passed on. */
const propagatorFor = (env: Environment, warn: (message: string) => void): W3CTraceContextPropagator | undefined => {
  const names = namesIn(env.OTEL_PROPAGATORS, "tracecontext,baggage");
  const unknown = names.filter((name) => !["tracecontext", "baggage", "none"].includes(name));
  if (unknown.length > 0) warn(`OTEL_PROPAGATORS: ${unknown.join(", ")} is not supported; tracecontext is`);
  return names.includes("tracecontext") ? new W3CTraceContextPropagator() : undefined;
};

const ignore = (): void => {};

// What OpenTelemetry says holds values: of variables, of headers with the key for the collector, of answers.
const loggerOf = (warn: (message: string) => void) => {
  const say = (message: string) => {
    const variable = /\bOTEL_[A-Z_]+\b/.exec(message)?.[0];
    const about =
      variable === undefined ? "a warning of OpenTelemetry" : `${variable} has a value that is not understood`;
    warn(`traces: ${about}`);
  };
  return { error: say, warn: rarely(say), info: ignore, debug: ignore, verbose: ignore };
};

const rarely = <T>(say: (what: T) => void): ((what: T) => void) => {
  let quietUntil = 0;
  return (what) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + warnEveryMs;
    say(what);
  };
};

// The error of an export may hold what the collector answered: what is told is the code of HTTP, gRPC or the system.
const messageOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string | number };
  return String(code ?? /\bE[A-Z]{4,}\b/.exec(message ?? String(error))?.[0] ?? "no reason that can be told");
};
