import { constants, type ServerHttp2Stream } from "node:http2";
import type { Connection } from "./connection.js";

/**
 * What became of a call beyond the budget of its address. `delayed`: it is answered later. `at_once`: its connection has calls
 * of known callers too, and many that wait. `connection_ended`: many wait, and none of known callers.
 */
export type RefusedOutcome = "delayed" | "at_once" | "connection_ended";

/** Is told of the calls that are beyond the budget of their address. */
export interface RefusedCallReport {
  onExcessRefusal?(outcome: RefusedOutcome): void;
  /** How many from an address since the last time, at most once in ten seconds. */
  onExcessRefusals?(refused: { readonly address: string; readonly calls: number }): void;
}

interface HeldCall {
  readonly connection: Connection;
  readonly stream: ServerHttp2Stream;
  /** Answers it, or lets it in. */
  readonly proceed: () => void;
  readonly since: number;
  /** Otherwise it is let in later. */
  readonly isRefused: boolean;
}

const maxHeld = 8_192;
// A client waits for its answers before it makes further calls.
const refusalMs = 1_000;
const maxRefusalsOfAddress = 1_024;
// Health checks give up soon. These are work, and what comes of them meanwhile is not read.
const openCallMs = 250;
const maxOpenCallsOfAddress = 256;
const maxUnreadBytes = 8_192;
// Where there are calls of known callers as well, they find room, and no client gives up so soon.
const trustedMs = 50;
const maxOfTrusted = 64;
// Answers of one turn.
const maxAnswers = 64;
const maxReadBytes = 65_536;
const reportMs = 10_000;

/** Holds back the calls of those who are not known: at once within the budget of their address, those beyond it later. */
export class RefusedCalls {
  readonly #report: RefusedCallReport;
  readonly #closeInTime: (stream: ServerHttp2Stream) => void;
  readonly #held = new Set<HeldCall>();
  readonly #beyond = new Map<string, number>();
  #reportedAt = performance.now();

  /** `closeInTime` closes a call that was answered, when its client does not do so. */
  constructor(report: RefusedCallReport, closeInTime: (stream: ServerHttp2Stream) => void) {
    this.#report = report;
    this.#closeInTime = closeInTime;
  }

  /** Refuses a call: `answer` is called now or later, unless the call is closed by then. */
  refuse(connection: Connection, stream: ServerHttp2Stream, answer: () => void): void {
    if (connection.address.refusals.spend()) answer();
    else this.#delay({ connection, stream, proceed: answer, since: performance.now(), isRefused: true });
  }

  /** The same for a call that everybody may make, of somebody who is not known. */
  letIn(connection: Connection, stream: ServerHttp2Stream, proceed: () => void): void {
    if (connection.address.openCalls.spend()) proceed();
    else this.#delay({ connection, stream, proceed, since: performance.now(), isRefused: false });
  }

  /** To be called every `AddressLimiter.tickMs`. */
  tick(): void {
    const now = performance.now();
    let answers = 0;
    for (const held of this.#held) {
      if (!held.isRefused && held.stream.readableLength > maxUnreadBytes) {
        held.stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
      } else if (answers < maxAnswers && now - held.since >= holdMs(held)) {
        this.#release(held);
        answers += 1;
      }
    }
    if (now - this.#reportedAt < reportMs) return;
    this.#reportedAt = now;
    for (const [address, calls] of this.#beyond) this.#report.onExcessRefusals?.({ address, calls });
    this.#beyond.clear();
  }

  #delay(held: HeldCall): void {
    const { connection } = held;
    const { ip, isTrusted, heldCalls } = connection;
    this.#beyond.set(ip, (this.#beyond.get(ip) ?? 0) + 1);
    const isFull = this.#held.size >= maxHeld || isFullFor(held);
    if (!isFull && !(isTrusted && heldCalls >= maxOfTrusted)) {
      this.#hold(held);
      this.#report.onExcessRefusal?.("delayed");
    } else if (isTrusted) {
      held.proceed();
      this.#report.onExcessRefusal?.("at_once");
    } else {
      connection.end("refused_calls");
      this.#report.onExcessRefusal?.("connection_ended");
    }
  }

  #hold(held: HeldCall): void {
    const { connection, stream, isRefused } = held;
    this.#held.add(held);
    count(held, 1);
    // It may be waited for by nobody, and its connection must not be ended for that where it has good calls too.
    if (connection.isTrusted) connection.letCancel(stream);
    stream.once("close", () => this.#forget(held));
    if (!isRefused) return;
    let bytes = 0;
    stream.on("data", ({ length }: Buffer) => {
      connection.meter.countData(length);
      bytes += length;
      if (bytes > maxReadBytes) this.#release(held);
    });
  }

  #release(held: HeldCall): void {
    if (!this.#forget(held) || held.stream.closed) return;
    held.proceed();
    if (held.isRefused) this.#closeInTime(held.stream);
  }

  #forget(held: HeldCall): boolean {
    if (!this.#held.delete(held)) return false;
    count(held, -1);
    return true;
  }
}

const holdMs = ({ connection: { isTrusted }, isRefused }: HeldCall): number => {
  if (isTrusted) return trustedMs;
  return isRefused ? refusalMs : openCallMs;
};

/** A connection with one health check is never ended for what others from its address do. */
const isFullFor = ({ connection: { address, heldCalls }, isRefused }: HeldCall): boolean =>
  isRefused
    ? address.heldRefusals >= maxRefusalsOfAddress
    : heldCalls > 0 && address.heldOpenCalls >= maxOpenCallsOfAddress;

const count = ({ connection, isRefused }: HeldCall, calls: number): void => {
  connection.heldCalls += calls;
  if (isRefused) connection.address.heldRefusals += calls;
  else connection.address.heldOpenCalls += calls;
};
