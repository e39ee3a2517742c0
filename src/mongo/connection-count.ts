import type { MongoClient } from "mongodb";

/** Counts the connections of a client, without those that only watch the servers. */
export class ConnectionCount {
  #open = 0;
  #inUse = 0;

  constructor(client: MongoClient) {
    client.on("connectionCreated", () => this.#open++);
    client.on("connectionClosed", () => this.#open--);
    client.on("connectionCheckedOut", () => this.#inUse++);
    client.on("connectionCheckedIn", () => this.#inUse--);
  }

  get open(): number {
    return this.#open;
  }

  get inUse(): number {
    return this.#inUse;
  }
}
