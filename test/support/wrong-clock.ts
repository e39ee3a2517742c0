import { vi } from "vitest";

const RightDate = Date;

/** Milliseconds since 1970, whatever `setClock` has made of this process's clock. */
export const rightNow = (): number => RightDate.now();

/** Sets the clock of this process, and so of the servers in it, off by so many milliseconds; it goes on from there. */
export const setClock = (offMs: number): void => {
  class WrongDate extends RightDate {
    constructor(...given: []) {
      if (given.length === 0) super(WrongDate.now());
      else super(...given);
    }
    static override now(): number {
      return rightNow() + offMs;
    }
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof RightDate;
    }
  }
  vi.stubGlobal("Date", WrongDate);
};

/** Sets it right. */
export const setClockRight = (): void => {
  vi.unstubAllGlobals();
};
