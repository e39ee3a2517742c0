import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../src/rpc/address-book.js";

const connect = (book: AddressBook, address: string) => book.admit(new EventEmitter() as Socket, address);
const blame = (book: AddressBook, times: number) => Array.from({ length: times }, () => book.blame("10.0.0.1"));

describe("an address whose connections are ended", () => {
  it("ten times in ten seconds is shut out until these are over, and no other is", () => {
    const begun = Date.now();
    const book = new AddressBook(100);
    expect(blame(book, 9)).toEqual(Array(9).fill(false));
    book.sweep(begun + 5_000);
    expect(connect(book, "10.0.0.1")).toBeUndefined();
    // It is told once.
    expect(blame(book, 3)).toEqual([true, false, false]);
    for (const seconds of [6, 8, 9]) {
      book.sweep(begun + seconds * 1_000);
      expect(connect(book, "10.0.0.1")).toBe("shut_out");
    }
    expect(connect(book, "10.0.0.2")).toBeUndefined();
    book.sweep(Date.now() + 10_000);
    expect(connect(book, "10.0.0.1")).toBeUndefined();
  });

  it("nine times in ten seconds, again and again, is let in", () => {
    const book = new AddressBook(100);
    for (let tens = 1; tens <= 3; tens++) {
      expect(blame(book, 9)).toEqual(Array(9).fill(false));
      book.sweep(Date.now() + tens * 11_000);
    }
    expect(connect(book, "10.0.0.1")).toBeUndefined();
  });
});
