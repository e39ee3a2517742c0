import { once } from "node:events";
import { createServer } from "node:net";
import type { Server, ServerCredentials } from "@grpc/grpc-js";
import { type HostPort, toAddress } from "../config/parsers.js";

/** The address to listen on cannot be had; written for the person who starts the server. */
export class ListenError extends Error {}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there; stop it, or choose another port",
  EADDRNOTAVAIL: "this machine has no such address",
  EACCES: "this user may not listen on this port; ports below 1024 often need more rights",
  ENOTFOUND: "there is no host of this name",
};

/**
 * Tries whether an address of the configuration can be listened on, before anything else is started. Throws ListenError,
 * with the name of the setting's variable. Another program may still take the address afterwards.
 */
export const checkAddress = async (variable: string, address: HostPort): Promise<void> => {
  const probe = createServer().listen({ ...address, exclusive: true });
  try {
    await once(probe, "listening");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new ListenError(`cannot listen on ${toAddress(address)} (${variable}): ${reasons[code] ?? message}`);
  }
  probe.close();
  await once(probe, "close");
};

/** Makes a gRPC server answer at an address; returns the port. Throws ListenError. */
export const listen = (server: Server, address: string, credentials: ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(new ListenError(`cannot listen on ${address}: ${error.message}`, { cause: error }));
      else resolve(port);
    });
  });
