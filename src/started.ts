import { within } from "./within.js";

const farewellMs = 250;
const minFarewellMs = 20;
/** When farewells are over, as a part of the grace. */
const farewellsOver = 0.9;

/** What was started, and is stopped in the end: the latest first. */
export class Started {
  readonly #graceMs: number;
  readonly #stops: (() => Promise<unknown>)[] = [];
  #farewellsOverAt = 0;

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /** `stop` is waited for. */
  add(stop: () => Promise<unknown>): void {
    this.#stops.push(stop);
  }

  /** `stop` says goodbye to the database. It is started, but one that is away is not waited for until the grace is over. */
  addFarewell(stop: () => Promise<unknown>): void {
    this.add(() => {
      const left = this.#farewellsOverAt - Date.now();
      return within(stop(), Math.min(farewellMs, Math.max(minFarewellMs, left)));
    });
  }

  async stopAll(): Promise<void> {
    this.#farewellsOverAt = Date.now() + this.#graceMs * farewellsOver;
    for (const stop of this.#stops.splice(0).toReversed()) await stop();
  }
}
