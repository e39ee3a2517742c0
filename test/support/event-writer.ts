import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { seenError } from "./call.js";
import { createUser, deleteUser, updateUser } from "./users.js";

/** Changes users of its own, through one server after another, and insists on every change until it is acknowledged. */
export class Writer {
  /** `type id revision` of each event that there must be. */
  readonly acknowledged: string[] = [];
  readonly #clients = new Map<string, UserServiceClient>();

  constructor(
    private readonly name: string,
    private readonly address: () => string,
  ) {}

  async run(isOver: () => boolean): Promise<void> {
    for (let n = 0; !isOver(); n++) {
      const created = await this.#insist((users, requestId) =>
        createUser(users, { email: `${this.name}-${n}@example.com`, requestId }),
      );
      this.acknowledged.push(`user.created ${created.id} 1`);
      let revision = 1n;
      for (let i = 0; i < 3; i++) {
        const user = await this.#insist((users, requestId) =>
          updateUser(users, created.id, { name: `${i}`, requestId }),
        );
        revision = user.revision;
        this.acknowledged.push(`user.updated ${created.id} ${revision}`);
      }
      if (n % 2 > 0) continue;
      await this.#insist((users, requestId) => deleteUser(users, created.id, requestId));
      this.acknowledged.push(`user.deleted ${created.id} ${revision}`);
    }
    for (const client of this.#clients.values()) client.close();
  }

  async #insist<T>(change: (users: UserServiceClient, requestId: string) => Promise<T>): Promise<T> {
    const requestId = randomUUID();
    for (;;) {
      try {
        return await change(this.#client(this.address()), requestId);
      } catch (error) {
        const { code, reason } = seenError(error);
        if (!["UNAVAILABLE", "ABORTED", "DEADLINE_EXCEEDED", "CANCELLED"].includes(code)) {
          throw new Error(`${this.name}: ${code} ${reason}`, { cause: error });
        }
        await sleep(20);
      }
    }
  }

  #client(address: string): UserServiceClient {
    const client = this.#clients.get(address) ?? new UserServiceClient(address, ChannelCredentials.createInsecure());
    this.#clients.set(address, client);
    return client;
  }
}
