import { describe, expect, it } from "vitest";
import { caseFolding } from "../../gen/ts/case-folding.js";
import { type Email, foldedEmailOf, parseEmail } from "../../src/directory/email.js";

const same: [given: string, folded: string, normalized?: string][] = [
  ["ada@example.com", "ada@example.com"],
  ["Ada.Lovelace+List@Example.COM", "ada.lovelace+list@example.com"],
  ["rene\u0301@example.com", "ren\u00e9@example.com"],
  ["RENE\u0301@example.com", "ren\u00e9@example.com"],
  ["\u0130@example.com", "\u0130@example.com", "i\u0307@example.com"],
  ["\u0131@example.com", "\u0131@example.com"],
  ["I@example.com", "i@example.com"],
  ["νικος.παπας@example.com", "νικοσ.παπασ@example.com", "νικος.παπας@example.com"],
  ["ΝΙΚΟΣ.ΠΑΠΑΣ@example.com", "νικοσ.παπασ@example.com", "νικοσ.παπας@example.com"],
  ["straße@example.com", "straße@example.com"],
  ["STRAẞE@example.com", "straße@example.com"],
  ["STRASSE@example.com", "strasse@example.com"],
  ["\u017fam@example.com", "sam@example.com", "\u017fam@example.com"],
  ["\u212aim@example.com", "kim@example.com"],
  ["\u00b5@example.com", "\u03bc@example.com", "\u00b5@example.com"],
  ["\u13e0\uab70@example.com", "\u13e0\u13a0@example.com", "\uabb0\uab70@example.com"],
  ["\u{10400}@example.com", "\u{10428}@example.com"],
  ["info@bücher.example", "info@xn--bcher-kva.example"],
  ["info@BÜCHER.example", "info@xn--bcher-kva.example"],
  ["info@bu\u0308cher.example", "info@xn--bcher-kva.example"],
  ["info@xn--bcher-kva.example", "info@xn--bcher-kva.example"],
  ["info@例え.jp", "info@xn--r8jz45g.jp"],
  ["root@localhost", "root@localhost"],
  ["a@1.example", "a@1.example"],
  ["a@_dmarc.example.com", "a@_dmarc.example.com"],
  ["a@x--y.example", "a@x--y.example"],
  ["a!#$%&'*+/=?^_`{|}~-b@example.com", "a!#$%&'*+/=?^_`{|}~-b@example.com"],
  [".a..b.@example.com", ".a..b.@example.com"],
  ["ユーザー@example.com", "ユーザー@example.com"],
  ["משתמש@example.com", "משתמש@example.com"],
  ["उपयोगकर्ता@example.com", "उपयोगकर्ता@example.com"],
  ["٣@example.com", "٣@example.com"],
];

// Accepted by versions before, so that users may have them, but given to nobody any more.
const characters =
  "must have nothing before the @ but letters, digits and !#$%&'*+-/=?^_`{|}~. and no character that cannot be seen";
const long = "must have at most 64 bytes before the @";
const unfit: [given: string, unfit: string][] = [
  ['"quoted"@example.com', characters],
  ...["'\u2019", "(", ")", "[", "]", "<", ">", ",", ":", ";", "\\", '"'].map((c): [string, string] => [
    `a${c}b@example.com`,
    characters,
  ]),
  ["😀@example.com", characters],
  ["€@example.com", characters],
  ["½@example.com", characters],
  ["ad\u200bmin@example.com", characters],
  ["ad\u200dmin@example.com", characters],
  ["ad\u00admin@example.com", characters],
  ["ad\u034fmin@example.com", characters],
  ["ad\u2060min@example.com", characters],
  ["ad\ufe0fmin@example.com", characters],
  ["ad\u115fmin@example.com", characters],
  ["ad\u3164min@example.com", characters],
  ["a\u200eb@example.com", characters],
  ["a\u202eb@example.com", characters],
  ["a\u2066b@example.com", characters],
  ["a\ud800b@example.com", characters],
  [`${"x".repeat(65)}@example.com`, long],
  [`${"é".repeat(33)}@example.com`, long],
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

const foldedOf = (local: string) => foldedEmailOf({ email: `${local}@a.b`, normalizedEmail: "@a.b" });
const parsed = (given: string) => parseEmail(given) as Email;

describe("an email address", () => {
  it.each(same)("%j is the same as %j", (given, folded, normalized = folded) => {
    expect(parseEmail(given)).toEqual({ address: given, folded, normalized });
    // What is folded stays as it is.
    expect(parsed(folded).folded).toBe(folded);
  });

  it.each(unfit)("%j finds users, and is given to none", (given, problem) => {
    expect(parsed(given)).toMatchObject({ address: given, unfit: problem });
  });

  it.each(trimmed)("%j is kept without the white space around it", (given) => {
    const ada = "ada@example.com";
    expect(parseEmail(given)).toEqual({ address: ada, folded: ada, normalized: ada });
  });

  it.each(refused)("%j is refused", (given, problem) => {
    expect(parseEmail(given)).toEqual({ problem });
  });

  it.each(["x".repeat(64), "é".repeat(32)])("may have 64 bytes before the @, and 254 in all: %s", (local) => {
    const given = `${local}@${"x".repeat(60)}.${"x".repeat(59)}.${"x".repeat(59)}.examples`;
    expect(Buffer.byteLength(given)).toBe(254);
    expect(parseEmail(given)).toEqual({ address: given, folded: given, normalized: given });
    expect(parseEmail(`${given}x`)).toEqual({ problem: tooLong });
    expect(parsed(` ${given} `).address).toBe(given);
  });

  it("may have labels of 63 characters in its domain", () => {
    const given = `a@${"x".repeat(63)}.example`;
    expect(parsed(given).folded).toBe(given);
  });

  it("is folded letter by letter as regular expressions without case compare", () => {
    const differing: string[] = [];
    for (const [from, to] of caseFolding) {
      const [letter, folded] = [String.fromCodePoint(from), String.fromCodePoint(to)];
      const expected = folded.normalize("NFC");
      if (!new RegExp(`^\\u{${from.toString(16)}}$`, "iu").test(folded)) differing.push(letter);
      if (parsed(`${letter}@example.com`).folded !== `${expected}@example.com`) differing.push(letter);
    }
    expect(differing).toEqual([]);
    expect(caseFolding.length).toBeGreaterThan(1_500);
  });

  it("that was the same in lower case is the same when folded, whatever letter it begins with, but for \u0130", () => {
    const split: string[] = [];
    for (let code = 0x80; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const letter = String.fromCodePoint(code);
      if (letter.toLowerCase() === letter) continue;
      if (foldedOf(letter) !== foldedOf(letter.toLowerCase())) split.push(letter);
    }
    expect(split).toEqual(["\u0130"]);
  });
});
