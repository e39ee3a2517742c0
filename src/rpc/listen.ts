import type { Server, ServerCredentials } from "@grpc/grpc-js";

/** The address to listen on cannot be had; written for the person who starts the server. */
export class ListenError extends Error {}

/** Makes a gRPC server answer at an address; returns the port. Throws ListenError. */
export const listen = (server: Server, address: string, credentials: ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(new ListenError(`cannot listen on ${address}: ${error.message}`, { cause: error }));
      else resolve(port);
    });
  });
