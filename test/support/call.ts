import { setTimeout as sleep } from "node:timers/promises";
import { type Client, type ClientReadableStream, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from "../../gen/ts/google/rpc/error_details.js";
import { Status } from "../../gen/ts/google/rpc/status.js";

type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: { deadline: number },
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

/** How long a call may take. */
export interface CallOptions {
  readonly timeoutMs?: number;
  /** A deadline that only the server knows, for a test of its answer: the client's own clock gives none of the details. */
  readonly serverDeadlineMs?: number;
}

/** Calls a unary method of a generated client; twenty seconds at most. */
export const call = <Request, Response>(
  method: UnaryMethod<Request, Response>,
  request: Request,
  { timeoutMs = 20_000, serverDeadlineMs }: CallOptions = {},
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const metadata = new Metadata();
    if (serverDeadlineMs !== undefined) metadata.set("grpc-timeout", `${serverDeadlineMs}m`);
    const deadline = serverDeadlineMs === undefined ? Date.now() + timeoutMs : Number.POSITIVE_INFINITY;
    method(request, metadata, { deadline }, (error, response) => (error ? reject(error) : resolve(response)));
  });

/** Every message of a stream. */
export const collect = async <T>(stream: ClientReadableStream<T>): Promise<T[]> => {
  const messages: T[] = [];
  for await (const message of stream) messages.push(message as T);
  return messages;
};

/** An error as clients see it, for comparison in one piece. */
export interface SeenError {
  code: string;
  message: string;
  reason: string | undefined;
  domain: string | undefined;
  metadata: Record<string, string>;
  violations: { field: string; description: string }[];
  resource: { type: string; name: string } | undefined;
  retryAfterMs: number | undefined;
}

/** Decodes the status and the details of an error that a client got. */
export const seenError = (error: unknown): SeenError => {
  const { code, details, metadata } = error as ServiceError;
  const [bytes] = metadata?.get("grpc-status-details-bin") ?? [];
  const packed = bytes === undefined ? [] : Status.decode(bytes as Buffer).details;
  const find = <T>(name: string, type: { decode(bytes: Uint8Array): T }): T | undefined => {
    const any = packed.find(({ typeUrl }) => typeUrl === `type.googleapis.com/google.rpc.${name}`);
    return any && type.decode(any.value);
  };
  const info = find("ErrorInfo", ErrorInfo);
  const resource = find("ResourceInfo", ResourceInfo);
  const delay = find("RetryInfo", RetryInfo)?.retryDelay;
  return {
    code: status[code] ?? String(code),
    message: details,
    reason: info?.reason,
    domain: info?.domain,
    metadata: Object.fromEntries(info?.metadata ?? []),
    violations: (find("BadRequest", BadRequest)?.fieldViolations ?? []).map(({ field, description }) => ({
      field,
      description,
    })),
    resource: resource && { type: resource.resourceType, name: resource.resourceName },
    retryAfterMs: delay && Number(delay.seconds) * 1_000 + delay.nanos / 1_000_000,
  };
};

/** What a call that must fail was answered with. */
export const failure = async (promise: Promise<unknown>): Promise<SeenError> => {
  try {
    await promise;
  } catch (error) {
    return seenError(error);
  }
  throw new Error("the call succeeded");
};

/** The errors of those calls that failed. */
export const failures = (results: readonly PromiseSettledResult<unknown>[]): SeenError[] =>
  results.flatMap((result) => (result.status === "rejected" ? [seenError(result.reason)] : []));

/** The answers of those calls that were answered. */
export const answers = <T>(results: readonly PromiseSettledResult<T>[]): T[] =>
  results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));

/** Calls again and again until the answer is a good one; the test's own timeout ends it otherwise. */
export const eventually = async <T>(run: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await run();
    } catch {
      await sleep(100);
    }
  }
};

/** Sends bytes as they are to a unary method. */
export const sendBytes = (client: Client, path: string, bytes: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, Buffer.from, Buffer.from, bytes, new Metadata(), {}, (error, response) =>
      error ? reject(error) : resolve(response as Buffer),
    );
  });
