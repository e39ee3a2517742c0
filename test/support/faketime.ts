import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const library = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));

/** Whether programs can be given a clock of their own: the Debian package `faketime` is installed, as `.ci/run` does. */
export const hasFaketime = library !== undefined;

/** The clock of some programs, which can be set while they run. Their monotonic clock is that of the machine. */
export class FakedClock {
  #offSeconds: number;

  private constructor(
    private readonly folder: string,
    offSeconds: number,
  ) {
    this.#offSeconds = offSeconds;
  }

  static async create(offSeconds: number): Promise<FakedClock> {
    const clock = new FakedClock(await mkdtemp(join(tmpdir(), "roster-test-")), offSeconds);
    await clock.step(0);
    return clock;
  }

  /** What a program is started with to have this clock. */
  get env(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: library as string,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** Moves it, forward or back. The programs follow within a second. */
  async step(seconds: number): Promise<void> {
    this.#offSeconds += seconds;
    await writeFile(this.#file, `${this.#offSeconds < 0 ? "" : "+"}${this.#offSeconds}s\n`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.folder, "clock");
  }
}
