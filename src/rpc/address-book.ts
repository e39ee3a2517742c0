import type { Socket } from "node:net";

const maxOffences = 10;
const forgetMs = 10_000;

/** Whose connections are let in. */
export class AddressBook {
  readonly #maxConnections: number;
  readonly #connections = new Map<string, number>();
  readonly #offences = new Map<string, number>();
  #forgottenAt = Date.now();

  /** `maxConnections`: from one address at a time. */
  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  /** Whether the connection may be; it counts until it is closed. */
  admit(socket: Socket): boolean {
    const address = socket.remoteAddress;
    if (address === undefined || (this.#offences.get(address) ?? 0) >= maxOffences) return false;
    const count = this.#connections.get(address) ?? 0;
    if (count >= this.#maxConnections) return false;
    this.#connections.set(address, count + 1);
    socket.once("close", () => {
      const rest = (this.#connections.get(address) ?? 1) - 1;
      if (rest === 0) this.#connections.delete(address);
      else this.#connections.set(address, rest);
    });
    return true;
  }

  /** Remembers for some seconds that a connection from this address had to be ended. */
  blame(address: string): void {
    this.#offences.set(address, (this.#offences.get(address) ?? 0) + 1);
  }

  sweep(now: number): void {
    if (now - this.#forgottenAt < forgetMs) return;
    this.#forgottenAt = now;
    this.#offences.clear();
  }
}
