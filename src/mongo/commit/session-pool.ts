import { type ClientSession, type MongoClient, MongoNetworkError } from "mongodb";
import type { Peers } from "../peers.js";

/** Sessions to run transactions in, known to the other servers. */
export class SessionPool {
  readonly #client: MongoClient;
  readonly #peers: Peers;
  readonly #idle: ClientSession[] = [];

  constructor(client: MongoClient, peers: Peers) {
    this.#client = client;
    this.#peers = peers;
  }

  async use<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = this.#idle.pop() ?? (await this.#open());
    try {
      const result = await work(session);
      this.#idle.push(session);
      return result;
    } catch (error) {
      if (error instanceof MongoNetworkError) void this.#abandon(session);
      else this.#idle.push(session);
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((session) => this.#close(session)));
  }

  async #open(): Promise<ClientSession> {
    const session = this.#client.startSession();
    try {
      await this.#peers.announce(session);
      return session;
    } catch (error) {
      void this.#close(session);
      throw error;
    }
  }

  /**
   * The server's side of a session is in doubt when its connection broke: a transaction may be open there, and keep its
   * documents locked.
   */
  async #abandon(session: ClientSession): Promise<void> {
    // Announced until then: if this server dies before, another one does it.
    await this.#peers.end(session).catch(() => {});
    await this.#close(session);
  }

  async #close(session: ClientSession): Promise<void> {
    this.#peers.withdraw(session);
    await session.endSession().catch(() => {});
  }
}
