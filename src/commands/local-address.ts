import { type HostPort, toAddress } from "../config/parsers.js";

/** Where a program on the same machine reaches a server that listens on an address. */
export const localAddress = ({ host, port }: HostPort): string => toAddress({ host: hosts[host] ?? host, port });

// Those that stand for every address of the machine.
const hosts: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
