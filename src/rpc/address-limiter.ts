import { isIP } from "node:net";
import { networkOf } from "../directory/ip-address.js";

/** What an IP address counts as: see `networkOf`. Empty where a socket is closed already. */
export const addressName = (ip: string): string => (isIP(ip) === 0 ? ip : networkOf(ip));

/** Why a connection is not let in: there are too many of the server, or of its address. */
export type Refusal = "server_limit" | "address_limit";

const tickMs = 50;
const callsPerSecond = 200;
// In milliseconds of work: what misbehaviour from one address may cost in a second, and at once.
const penaltyPerSecond = 200;
const maxPenalty = 1_000;
const forgetTellingMs = 10_000;

/** How many calls may be made in a second, and at once. */
class CallBudget {
  /** Below zero when more have been made. */
  #left = callsPerSecond;

  /** Counts a call. Returns whether it is within the budget. */
  spend(): boolean {
    this.#left = Math.max(this.#left - 1, -callsPerSecond);
    return this.#left >= 0;
  }

  /** Whether the next call is beyond it. */
  get isSpent(): boolean {
    return this.#left < 1;
  }

  /** To be called every `tickMs`. Returns whether it is whole. */
  refill(): boolean {
    this.#left = Math.min(this.#left + (callsPerSecond * tickMs) / 1_000, callsPerSecond);
    return this.#left === callsPerSecond;
  }
}

/** What is known of one address. IPv6 addresses of one /64 are one address: whoever has one has them all. */
export class Address {
  connections = 0;
  /** Calls that are refused. */
  readonly refusals = new CallBudget();
  /** Calls that everybody may make, of those who are not known. */
  readonly openCalls = new CallBudget();
  /** How many of both are held back. */
  heldRefusals = 0;
  heldOpenCalls = 0;
  #penalty = 0;
  #lastPenalty = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  readonly #waiting: (() => boolean)[] = [];

  /**
   * Counts what a connection from here had to be ended for, by the milliseconds of work that such a connection costs.
   * Returns whether new ones wait because of it, once in a while only.
   */
  recordViolation(penalty: number): boolean {
    this.#penalty += penalty;
    this.#lastPenalty = penalty;
    const now = performance.now();
    if (this.#penalty <= maxPenalty || now - this.#toldAt < forgetTellingMs) return false;
    this.#toldAt = now;
    return true;
  }

  /**
   * Lets a connection in: at once, unless too many before it had to be ended; then they come one by one. `proceed` returns
   * whether the connection is still there.
   */
  letIn(proceed: () => boolean): void {
    if (this.#penalty <= maxPenalty && this.#waiting.length === 0) proceed();
    else this.#waiting.push(proceed);
  }

  /** Returns whether there is nothing to remember. */
  tick(): boolean {
    const areWhole = [this.refusals.refill(), this.openCalls.refill()].every(Boolean);
    this.#penalty = Math.max(this.#penalty - (penaltyPerSecond * tickMs) / 1_000, 0);
    while (this.#penalty <= maxPenalty) {
      const proceed = this.#waiting.shift();
      if (proceed === undefined) break;
      // As if it were like the last one that had to be ended.
      if (proceed()) this.#penalty += this.#lastPenalty;
    }
    return this.connections === 0 && this.#penalty === 0 && areWhole;
  }
}

/** Keeps clients of one address from taking the server from those of others. */
export class AddressLimiter {
  readonly #maxConnections: number;
  readonly #addresses = new Map<string, Address>();

  /** `maxConnections`: from one address at a time. */
  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections;
  }

  /** Counts a connection in; undefined when there are as many from its address as there may be. */
  open(ip: string): Address | undefined {
    const address = this.of(ip);
    if (address.connections >= this.#maxConnections) return undefined;
    address.connections += 1;
    return address;
  }

  /** Counts a connection out. */
  close(address: Address): void {
    address.connections -= 1;
  }

  of(ip: string): Address {
    const name = addressName(ip);
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    const address = new Address();
    this.#addresses.set(name, address);
    return address;
  }

  /** To be called every `AddressLimiter.tickMs`. */
  tick(): void {
    for (const [name, address] of this.#addresses) if (address.tick()) this.#addresses.delete(name);
  }

  static readonly tickMs = tickMs;
}
