import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import protobuf from "protobufjs";
import { keepOutput } from "./output.js";

const protocol = protobuf.loadSync(fileURLToPath(new URL("otlp.proto", import.meta.url)));
const requestType = protocol.lookupType("ExportTraceServiceRequest");

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A span as it arrived. Ids are hexadecimal, times in milliseconds since 1970. */
export interface CollectedSpan {
  readonly name: string;
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentId: string;
  readonly traceState: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
  readonly links: readonly string[];
  readonly status: string;
  readonly resource: Attributes;
}

interface KeyValue {
  readonly key: string;
  readonly value: Record<string, string | number | boolean>;
}

const attributesOf = (pairs: readonly KeyValue[] = []): Attributes =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0] as string]));

const hex = (base64: string | undefined): string => Buffer.from(base64 ?? "", "base64").toString("hex");

const decode = (bytes: Uint8Array): CollectedSpan[] => {
  const request = requestType.toObject(requestType.decode(bytes), { longs: Number, enums: String, bytes: String });
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }: Record<string, any>) =>
    scopeSpans.flatMap(({ spans }: Record<string, any>) =>
      spans.map((span: Record<string, any>) => ({
        name: span.name,
        kind: span.kind.replace("SPAN_KIND_", ""),
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentId: hex(span.parentSpanId),
        traceState: span.traceState ?? "",
        start: span.startTimeUnixNano / 1e6,
        end: span.endTimeUnixNano / 1e6,
        attributes: attributesOf(span.attributes),
        links: (span.links ?? []).map((link: Record<string, any>) => hex(link.spanId)),
        status: (span.status?.code ?? "STATUS_CODE_UNSET").replace("STATUS_CODE_", ""),
        resource: attributesOf(resource?.attributes),
      })),
    ),
  );
};

/** Takes traces as a collector of OpenTelemetry does, and keeps them. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  /** The messages as they arrived. */
  readonly messages: Buffer[] = [];

  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** `http/protobuf`, at the path that the protocol names. */
  static async overHttp(): Promise<Collector> {
    const server = createServer((request, response) => {
      const found = request.method === "POST" && request.url === "/v1/traces";
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (found) collector.#take(Buffer.concat(chunks));
        response.writeHead(found ? 200 : 404, { "content-type": "application/x-protobuf" }).end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const collector = new Collector(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
    return collector;
  }

  /** `grpc`. */
  static async overGrpc(): Promise<Collector> {
    const server = new Server();
    const method = {
      path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
      requestStream: false,
      responseStream: false,
      requestSerialize: Buffer.from,
      requestDeserialize: Buffer.from,
      responseSerialize: Buffer.from,
      responseDeserialize: Buffer.from,
    };
    server.addService(
      { Export: method },
      {
        Export(call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) {
          collector.#take(call.request);
          answer(null, Buffer.alloc(0));
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    const collector = new Collector(`http://127.0.0.1:${port}`, async () => server.forceShutdown());
    return collector;
  }

  /** The spans that fit, once there are so many of them. */
  async find(fits: (span: CollectedSpan) => boolean, count = 1): Promise<CollectedSpan[]> {
    const found = () => this.spans.filter(fits);
    const until = Date.now() + 10_000;
    while (found().length < count && Date.now() < until) await sleep(20);
    if (found().length < count) throw new Error(`only ${found().length} of ${count} spans`);
    return found();
  }

  #take(message: Buffer): void {
    this.messages.push(message);
    keepOutput("traces", message.toString());
    this.spans.push(...decode(message));
  }
}
