import { ErrorReason } from "../../directory/error.js";
import type { Call } from "../call.js";
import { asRosterError } from "../status.js";
import { certificateNames } from "./certificate-names.js";
import type { Gate } from "./gate.js";

const pauseMs = 1_000;

/** Ends streams whose callers would not be let in any more: their key was revoked, or has expired. */
export class OpenCalls {
  readonly #gate: Gate;
  readonly #streams: () => Iterable<Call>;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(gate: Gate, streams: () => Iterable<Call>) {
    this.#gate = gate;
    this.#streams = streams;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      void Promise.all(Array.from(this.#streams(), (call) => this.#check(call))).then(() => {
        if (!this.#stopped) this.start();
      });
    }, pauseMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #check(call: Call): Promise<void> {
    const { source } = call;
    try {
      await this.#gate.admit(source.getPath(), source.metadata, () => certificateNames(source));
    } catch (thrown) {
      const error = asRosterError(thrown);
      // Nobody can revoke a key while the database is away; the stream is asked again afterwards.
      if (error.reason !== ErrorReason.DATABASE_UNAVAILABLE) call.abort(error);
    }
  }
}
