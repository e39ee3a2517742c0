import type { Socket } from "node:net";

const maxOffences = 10;
const forgetMs = 10_000;
// What refused calls leave behind costs more than the calls.
const maxUnknownMethods = 2_000;

/** Why a connection is not let in: there are too many, or those before it from there had to be ended again and again. */
export type Refusal = "server_limit" | "address_limit" | "shut_out";

/** Whose connections are let in. */
export class AddressBook {
  readonly #maxConnections: number;
  readonly #connections = new Map<string, number>();
  readonly #offences = new Map<string, number>();
  /** Of the current second. */
  readonly #unknownMethods = new Map<string, number>();
  #forgottenAt = Date.now();

  /** `maxConnections`: from one address at a time. */
  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  /** Counts the connection until it is closed, or says why it may not be. */
  admit(socket: Socket, address: string): Refusal | undefined {
    if ((this.#offences.get(address) ?? 0) >= maxOffences) return "shut_out";
    if ((this.#connections.get(address) ?? 0) >= this.#maxConnections) return "address_limit";
    increase(this.#connections, address);
    socket.once("close", () => {
      const rest = (this.#connections.get(address) ?? 1) - 1;
      if (rest === 0) this.#connections.delete(address);
      else this.#connections.set(address, rest);
    });
    return undefined;
  }

  /** Remembers for some seconds that a connection from this address had to be ended. Returns whether it is shut out by that. */
  blame(address: string): boolean {
    return increase(this.#offences, address) === maxOffences;
  }

  /** Counts a call of a method that does not exist. Returns whether that is one too many in this second. */
  countUnknownMethod(address: string): boolean {
    return increase(this.#unknownMethods, address) > maxUnknownMethods;
  }

  /** To be called each second. */
  sweep(now: number): void {
    this.#unknownMethods.clear();
    if (now - this.#forgottenAt < forgetMs) return;
    this.#forgottenAt = now;
    this.#offences.clear();
  }
}

const increase = (counts: Map<string, number>, address: string): number => {
  const count = (counts.get(address) ?? 0) + 1;
  counts.set(address, count);
  return count;
};
