import { setTimeout as sleep } from "node:timers/promises";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import { Watch } from "./events.js";

/** Watches through one server after another, and keeps what it is told. */
export class Reader {
  readonly #events: Event[] = [];
  #watch: Watch | undefined;
  #cursor: string | undefined;
  #closed = false;

  constructor(private readonly address: () => string) {}

  /** Starts to watch from now. */
  async open(): Promise<void> {
    this.#watch = new Watch(this.address());
    this.#cursor = (await this.#watch.message()).cursor;
    void this.#read();
  }

  async readUpTo(place: string): Promise<void> {
    while ((this.#cursor ?? "") < place) await sleep(20);
  }

  /** Stops, and returns every event in the order it came. */
  close(): Event[] {
    this.#closed = true;
    this.#watch?.cancel();
    return this.#events;
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      try {
        this.#watch ??= new Watch(this.address(), { after: this.#cursor as string });
        const { events, cursor } = await this.#watch.message();
        this.#events.push(...events);
        if (events.length > 0 && cursor !== events.at(-1)?.id) throw new Error("a cursor that is not the last event's");
        this.#cursor = cursor;
      } catch {
        this.#watch = undefined;
        await sleep(20);
      }
    }
  }
}
