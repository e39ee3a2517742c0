import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { TLSSocket } from "node:tls";
import { Metadata } from "@grpc/grpc-js";
import { ErrorReason, type RosterError } from "../../directory/error.js";
import type { RefusedAnswer, Screen } from "../incoming-calls.js";
import { type DatabaseState, inTime } from "../in-time.js";
import { asRosterError, toStatus } from "../status.js";
import type { AuthContext } from "./caller.js";
import { certificateNames } from "./certificate-names.js";
import type { Gate } from "./gate.js";

const maxAnswers = 1_000;

/**
 * Asks the gate before anything is done for a call, and makes answers that cost little: no line in the log, no span, and
 * headers that are made once.
 */
export const screening = (gate: Gate, database: DatabaseState): Screen => {
  const answers = new Map<string, RefusedAnswer>();
  const answerTo = (error: RosterError): RefusedAnswer => {
    const { reason, details } = error;
    const name = `${reason} ${JSON.stringify(details.metadata)}`;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const headers = headersOf(error);
    const answer: RefusedAnswer = (stream) => stream.respond(headers, { endStream: true });
    if (answers.size >= maxAnswers) answers.clear();
    answers.set(name, answer);
    return answer;
  };
  const judge = (thrown: unknown): RefusedAnswer | undefined => {
    const error = asRosterError(thrown);
    return isRefusal(error) ? answerTo(error) : undefined;
  };

  return (stream, headers) => {
    const metadata = authorizationOf(headers);
    const names = () => certificateNames({ stream, getAuthContext: () => authContextOf(stream) });
    try {
      const admission = gate.admit(headers[":path"] ?? "", metadata, names);
      if (admission === undefined) return undefined;
      const time = { startedAt: Date.now(), deadline: Number.POSITIVE_INFINITY };
      return inTime(
        database,
        time,
        () => admission,
        () => {},
      ).then(() => undefined, judge);
    } catch (thrown) {
      return judge(thrown);
    }
  };
};

/** Whether the error says that a call is refused for its caller. */
export const isRefusal = ({ reason }: RosterError): boolean => refusals.has(reason);

const refusals: ReadonlySet<ErrorReason> = new Set([
  ErrorReason.CALLER_NOT_AUTHENTICATED,
  ErrorReason.INVALID_API_KEY,
  ErrorReason.API_KEY_EXPIRED,
  ErrorReason.API_KEY_REVOKED,
  ErrorReason.PERMISSION_DENIED,
]);

const headersOf = (error: RosterError): OutgoingHttpHeaders => {
  const { code, details, metadata } = toStatus(error);
  return {
    [constants.HTTP2_HEADER_STATUS]: constants.HTTP_STATUS_OK,
    [constants.HTTP2_HEADER_CONTENT_TYPE]: "application/grpc+proto",
    "grpc-status": code,
    "grpc-message": encodeURI(details ?? ""),
    ...metadata?.toHttp2Headers(),
  };
};

/** What callers show in the headers of a call. A value that no metadata can have is none, as in grpc-js. */
const authorizationOf = ({ authorization }: IncomingHttpHeaders): Metadata => {
  const metadata = new Metadata();
  if (authorization === undefined) return metadata;
  try {
    metadata.set("authorization", authorization);
  } catch {
    // It is none.
  }
  return metadata;
};

const authContextOf = ({ session }: ServerHttp2Stream): AuthContext => {
  const socket = session?.socket;
  if (!(socket instanceof TLSSocket)) return {};
  const certificate = socket.getPeerCertificate();
  return { transportSecurityType: "ssl", ...(certificate.raw && { sslPeerCertificate: certificate }) };
};
