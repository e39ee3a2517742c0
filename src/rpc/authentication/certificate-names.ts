import type { AuthContext } from "./caller.js";

const connections = new WeakMap<object, string | undefined>();

/**
 * The subject alternative names of the certificate that a call's client connected with, in one string as Node.js writes
 * them; undefined without a certificate. Reading a certificate takes about 20 us, so it is done once for each
 * connection.
 */
export const certificateNames = (call: {
  getAuthContext(): AuthContext;
  readonly stream?: unknown;
}): string | undefined => {
  const connection = connectionOf(call);
  if (connection !== undefined && connections.has(connection)) return connections.get(connection);
  const names = call.getAuthContext().sslPeerCertificate?.subjectaltname;
  if (connection !== undefined) connections.set(connection, names);
  return names;
};

/** What is the same for all calls of a connection: grpc-js does not give it away. Undefined when it cannot be found. */
const connectionOf = (call: object): object | undefined => {
  const {
    stream,
    nextCall,
    call: inner,
  } = call as {
    stream?: { session?: object | null };
    nextCall?: object;
    call?: object;
  };
  if (stream !== undefined) return stream.session ?? undefined;
  const behind = nextCall ?? inner;
  return behind && connectionOf(behind);
};
