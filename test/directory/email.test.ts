import { describe, expect, it } from "vitest";
import { parseEmail } from "../../src/directory/email.js";

const normalized: [given: string, normalized: string][] = [
  ["ada@example.com", "ada@example.com"],
  ["Ada.Lovelace+List@Example.COM", "ada.lovelace+list@example.com"],
  ["rene\u0301@example.com", "ren\u00e9@example.com"],
  ["RENE\u0301@example.com", "ren\u00e9@example.com"],
  ["\u0130@example.com", "i\u0307@example.com"],
  ["ΣΑΣ@example.com", "σας@example.com"],
  ["info@bücher.example", "info@xn--bcher-kva.example"],
  ["info@BÜCHER.example", "info@xn--bcher-kva.example"],
  ["info@bu\u0308cher.example", "info@xn--bcher-kva.example"],
  ["info@xn--bcher-kva.example", "info@xn--bcher-kva.example"],
  ["info@例え.jp", "info@xn--r8jz45g.jp"],
  ["root@localhost", "root@localhost"],
  ["a@1.example", "a@1.example"],
  ["a@_dmarc.example.com", "a@_dmarc.example.com"],
  ["a@x--y.example", "a@x--y.example"],
  ['"quoted"@example.com', '"quoted"@example.com'],
  ["a!#$%&'*+/=?^_`{|}~b@example.com", "a!#$%&'*+/=?^_`{|}~b@example.com"],
  ["😀@example.com", "😀@example.com"],
];

const trimmed = [" ada@example.com", "ada@example.com\r\n", "\u00a0ada@example.com\u3000", "\ufeffada@example.com"];

const form = "must be an email address, like ada@example.com";
const domain = "must have a domain name behind the @, like ada@example.com";
const tooLong = "must be at most 254 bytes";

const refused: [given: string, problem: string][] = [
  ["", "is required"],
  [" \t", "is required"],
  ["nobody", form],
  ["@example.com", form],
  ["a@b@example.com", form],
  ["a b@example.com", form],
  ["a@exam ple.com", form],
  ["a\u00a0b@example.com", form],
  ["a\nb@example.com", form],
  ["a\u0000b@example.com", form],
  ["a\u007fb@example.com", form],
  ["a\u0085b@example.com", form],
  ["a@", domain],
  ["a@.", domain],
  ["a@.example.com", domain],
  ["a@example..com", domain],
  ["a@example.com.", domain],
  ["a@-example.com", domain],
  ["a@example-.com", domain],
  ["a@127.0.0.1", domain],
  ["a@1234", domain],
  ["a@[127.0.0.1]", domain],
  ["a@exa%6dple.com", domain],
  ["a@example.com:25", domain],
  ["a@example.com/x", domain],
  ["a@xn--\u00fc.example", domain],
  [`a@${"x".repeat(64)}.example`, domain],
];

const atLimit = (local: string) => `${local}@example.com`;

describe("an email address", () => {
  it.each(normalized)("%j is the same as %j", (given, expected) => {
    expect(parseEmail(given)).toEqual({ address: given, normalized: expected });
    // What is normalized stays as it is.
    expect(parseEmail(expected)).toEqual({ address: expected, normalized: expected });
  });

  it.each(trimmed)("%j is kept without the white space around it", (given) => {
    expect(parseEmail(given)).toEqual({ address: "ada@example.com", normalized: "ada@example.com" });
  });

  it.each(refused)("%j is refused", (given, problem) => {
    expect(parseEmail(given)).toEqual({ problem });
  });

  it.each([
    [atLimit("x".repeat(242)), 254],
    [atLimit("é".repeat(121)), 254],
  ])("may have 254 bytes: %j", (given, bytes) => {
    expect(Buffer.byteLength(given)).toBe(bytes);
    expect(parseEmail(given)).toEqual({ address: given, normalized: given });
    expect(parseEmail(`x${given}`)).toEqual({ problem: tooLong });
    expect(parseEmail(` ${given} `)).toEqual({ address: given, normalized: given });
  });

  it("may have labels of 63 characters in its domain", () => {
    const given = `a@${"x".repeat(63)}.example`;
    expect(parseEmail(given)).toEqual({ address: given, normalized: given });
  });
});
