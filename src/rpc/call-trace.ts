import { type Metadata, type ServerInterceptor, ServerInterceptingCall, status } from "@grpc/grpc-js";
import type { CallSpan, TraceFields, Traces } from "../traces/traces.js";

type Listener = Parameters<ServerInterceptingCall["start"]>[0];
type Status = Parameters<ServerInterceptingCall["sendStatus"]>[0];

/**
 * Makes a span of every call, as long as the call, below the caller's when the metadata names one. What the call does, and
 * the lines of the log about it, belong to the span.
 */
export const callTrace =
  (traces: Traces): ServerInterceptor =>
  ({ path }, nextCall) => {
    const start = (metadata: Metadata) => {
      const header = (name: string) => metadata.get(name)[0]?.toString();
      return traces.startCall({ method: path, peer: () => nextCall.getPeer(), header });
    };
    return new TracedCall(nextCall, start);
  };

/** The trace that a call which has come through `callTrace` is in. */
export const traceOf = (call: unknown): Partial<TraceFields> => (call instanceof TracedCall ? call.fields : {});

// The listeners that interceptors usually bring are told of a cancellation, but cannot pass it on in their own context.
class TracedCall extends ServerInterceptingCall {
  readonly #start: (metadata: Metadata) => CallSpan;
  #span: CallSpan | undefined;
  fields: Partial<TraceFields> = {};

  constructor(
    nextCall: ConstructorParameters<typeof ServerInterceptingCall>[0],
    start: (metadata: Metadata) => CallSpan,
  ) {
    super(nextCall);
    this.#start = start;
  }

  override start(listener: Listener): void {
    super.start({
      onReceiveMetadata: (metadata) => {
        this.#span = this.#start(metadata);
        this.fields = this.#span.logFields;
        this.#run(() => listener.onReceiveMetadata(metadata));
      },
      onReceiveMessage: (message) => this.#run(() => listener.onReceiveMessage(message)),
      onReceiveHalfClose: () => this.#run(() => listener.onReceiveHalfClose()),
      onCancel: () => {
        this.#run(() => listener.onCancel());
        this.#end(status.CANCELLED);
      },
    });
  }

  override sendStatus(answer: Status): void {
    super.sendStatus(answer);
    this.#end(answer.code ?? status.OK);
  }

  #run(work: () => void): void {
    if (this.#span) this.#span.run(work);
    else work();
  }

  #end(code: status): void {
    this.#span?.end(status[code] ?? String(code));
    this.#span = undefined;
  }
}
