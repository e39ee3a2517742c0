import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  type TextMapPropagator,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_CLIENT_PORT,
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_RPC_METHOD,
  ATTR_RPC_STATUS_CODE,
  ATTR_RPC_SYSTEM_NAME,
  RPC_SYSTEM_NAME_VALUE_GRPC,
} from "@opentelemetry/semantic-conventions";
import type { DatabaseCommand, Share, Sharer, SpanDescription, Spans } from "./spans.js";
import type { CallSpan, IncomingCall, TraceFields } from "./traces.js";

/** Most spans below that of one call: a stream may do the same thing for hours. */
const maxSpansOfCall = 128;

/** The codes that are the server's fault, by the semantic conventions for gRPC. */
const serverErrors = new Set(["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"]);

/** Where the program is: in which span, and how many more the call may have. */
interface Scope {
  readonly span: Span;
  readonly call: { spansLeft: number; spansNotMade: number };
}

class OpenShare implements Share {
  constructor(readonly scope: Scope) {}

  end(): void {
    this.scope.span.end();
  }
}

/** Spans that find the one above them by the asynchronous context that they are made in. */
export class ScopedSpans implements Spans {
  readonly #tracer: Tracer;
  readonly #propagator: TextMapPropagator | undefined;
  // While it is in use every promise of the process costs more; so it is not, unless a call is recorded.
  readonly #scopes = new AsyncLocalStorage<Scope | undefined>();
  #recordedCalls = 0;

  constructor(tracer: Tracer, propagator: TextMapPropagator | undefined) {
    this.#tracer = tracer;
    this.#propagator = propagator;
  }

  startCall(call: IncomingCall): CallSpan {
    const method = call.method.slice(1);
    const parent = this.#propagator?.extract(ROOT_CONTEXT, call, headerGetter) ?? ROOT_CONTEXT;
    const attributes = { [ATTR_RPC_SYSTEM_NAME]: RPC_SYSTEM_NAME_VALUE_GRPC, [ATTR_RPC_METHOD]: method };
    const span = this.#tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    const logFields = fieldsOf(span);
    if (!span.isRecording()) return { logFields, run: (work) => work(), end: () => {} };
    span.setAttributes(clientOf(call.peer()));
    const scope: Scope = { span, call: { spansLeft: maxSpansOfCall, spansNotMade: 0 } };
    this.#recordedCalls += 1;
    return {
      logFields,
      run: (work) => this.#scopes.run(scope, work),
      end: (code) => {
        span.setAttribute(ATTR_RPC_STATUS_CODE, code);
        if (scope.call.spansNotMade > 0) span.setAttribute("roster.spans_not_made", scope.call.spansNotMade);
        if (serverErrors.has(code)) fail(span, code);
        span.end();
        this.#recordedCalls -= 1;
        if (this.#recordedCalls === 0) this.#scopes.disable();
      },
    };
  }

  logFields(): TraceFields | undefined {
    const scope = this.#scopes.getStore();
    // What was begun in a call, a connection for one, may go on for longer.
    return scope?.span.isRecording() ? fieldsOf(scope.span) : undefined;
  }

  inSpan<T>(describe: () => SpanDescription, work: () => Promise<T>): Promise<T> {
    const scope = this.#open(this.#scopes.getStore(), describe);
    return scope === undefined ? work() : this.#finish(scope, work);
  }

  startShare(name: string): Share | undefined {
    const scope = this.#open(this.#scopes.getStore(), () => ({ name }));
    return scope && new OpenShare(scope);
  }

  inShares<T>(sharers: Iterable<Sharer>, work: () => Promise<T>): Promise<T> {
    const shares = Array.from(sharers, ({ share }) => share);
    const scopes = shares.flatMap((share) => (share instanceof OpenShare ? share.scope : []));
    const [first, ...others] = scopes;
    for (const { span } of scopes) span.setAttribute("roster.calls", shares.length);
    first?.span.addLinks(others.map(linkTo));
    for (const { span } of others) span.addLink(linkTo(first as Scope));
    return this.#within(first, work);
  }

  outside(work: () => void): void {
    this.#within(undefined, work);
  }

  #within<T>(scope: Scope | undefined, work: () => T): T {
    return scope === this.#scopes.getStore() ? work() : this.#scopes.run(scope, work);
  }

  /** A span below another one, where that is recorded and still open. */
  #open(above: Scope | undefined, describe: () => SpanDescription): Scope | undefined {
    if (above === undefined || !above.span.isRecording()) return undefined;
    if (above.call.spansLeft === 0) {
      above.call.spansNotMade += 1;
      return undefined;
    }
    above.call.spansLeft -= 1;
    const { name, command, attributes = {} } = describe();
    const options = command
      ? { kind: SpanKind.CLIENT, attributes: { ...attributes, ...attributesOf(command) } }
      : { kind: SpanKind.INTERNAL, attributes };
    return { span: this.#tracer.startSpan(name, options, contextOf(above)), call: above.call };
  }

  async #finish<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#scopes.run(scope, work);
    } catch (error) {
      // The class alone: messages of the database's errors hold documents.
      fail(scope.span, error instanceof Error ? error.name : "_OTHER");
      throw error;
    } finally {
      scope.span.end();
    }
  }
}

const fieldsOf = (span: Span): TraceFields => {
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
};

const contextOf = ({ span }: Scope): Context => trace.setSpan(ROOT_CONTEXT, span);

const linkTo = ({ span }: Scope): Link => ({ context: span.spanContext() });

const fail = (span: Span, type: string): void => {
  span.setAttribute(ATTR_ERROR_TYPE, type);
  span.setStatus({ code: SpanStatusCode.ERROR });
};

const headerGetter: TextMapGetter<IncomingCall> = {
  keys: () => [],
  get: (call, name) => call.header(name),
};

const attributesOf = ({ operation, collection, database }: DatabaseCommand): Attributes => ({
  [ATTR_DB_SYSTEM_NAME]: "mongodb",
  [ATTR_DB_NAMESPACE]: database,
  [ATTR_DB_OPERATION_NAME]: operation,
  ...(collection !== undefined && { [ATTR_DB_COLLECTION_NAME]: collection }),
});

/** `host:port`, or the path of a socket. */
const clientOf = (peer: string): Attributes => {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(peer) ?? [];
  if (host === undefined) return { [ATTR_CLIENT_ADDRESS]: peer };
  return { [ATTR_CLIENT_ADDRESS]: host, [ATTR_CLIENT_PORT]: Number(port) };
};
