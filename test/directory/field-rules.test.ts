import { describe, expect, it } from "vitest";
import type { RosterError } from "../../src/directory/error.js";
import { FieldChecker } from "../../src/directory/field-checker.js";
import { type OptionalText, optionalTextNames, optionalTexts } from "../../src/directory/field-rules.js";

/** What is wrong, as `field: description`, after some checks. */
const violations = (checks: (check: FieldChecker) => void): string[] => {
  const check = new FieldChecker();
  checks(check);
  try {
    check.done();
    return [];
  } catch (error) {
    return ((error as RosterError).details.violations ?? []).map((v) => `${v.field}: ${v.description}`);
  }
};

const names = "must be at most 256 characters";
const unprintable = "must not have control characters, bidi overrides or isolates (U+202A-202E, U+2066-2069)";
const url = "must be an absolute http or https URL";
const notInUrl = "must not have white space, control characters or \\";
const printable = "must be 1-128 printable ASCII characters without a space at either end";
const tag = "must be a BCP 47 language tag, like en-US";

type Refusal = [given: string, problem: string];

interface Texts {
  /** Given and kept; one text when it is kept as given. */
  readonly kept: readonly (string | [given: string, kept: string])[];
  readonly refused: readonly Refusal[];
}

const nameTexts: Texts = {
  kept: [
    "Ada",
    " ",
    "x".repeat(256),
    "é".repeat(256),
    "😀".repeat(256),
    "e\u0301",
    "<b>&",
    "👩\u200d💻",
    "שלום\u200f",
    "\u2028",
  ],
  refused: [
    ["x".repeat(257), names],
    ["😀".repeat(257), names],
    ...["\0", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009f"].map((c): Refusal => [`a${c}b`, unprintable]),
    ...["\u202a", "\u202e", "\u2066", "\u2069"].map((c): Refusal => [`a${c}`, unprintable]),
    ["\ud800", unprintable],
    ["a\udc00b", unprintable],
  ],
};

const urlOf = (bytes: number): string => `https://example.com/${"x".repeat(bytes - 20)}`;

const texts: Record<OptionalText, Texts> = {
  firstName: nameTexts,
  lastName: nameTexts,
  name: nameTexts,
  profilePictureUrl: {
    kept: [
      "http://example.com",
      "HTTPS://example.com/a.png?b=c#d",
      "https://bücher.example/é",
      "http://[::1]:8080/",
      urlOf(2_048),
    ],
    refused: [
      [urlOf(2_049), "must be at most 2048 bytes"],
      [`${urlOf(2_047)}é`, "must be at most 2048 bytes"],
      ["example.com/a.png", url],
      ["/a.png", url],
      ["//example.com/a.png", url],
      ["http:/example.com", url],
      ["ftp://example.com/a.png", url],
      ["javascript:alert(1)", url],
      ["data:image/png;base64,AAAA", url],
      ["https://", url],
      ["https://exa mple.com", notInUrl],
      ["https://example.com/a b.png", notInUrl],
      ["https://example.com/\u00a0", notInUrl],
      ["https://example.com/\r\nX-Evil: 1", notInUrl],
      ["https://ex\nample.com", notInUrl],
      ["https://example.com/\0", notInUrl],
      ["https://example.com/\u0085", notInUrl],
      ["https://example.com\t", notInUrl],
      [" https://example.com", notInUrl],
      ["https:///example.com", url],
      ["https://\\example.com", notInUrl],
      ["https://example.com\\@example.org", notInUrl],
    ],
  },
  externalId: {
    kept: ["1", "x".repeat(128), "!~", "a/b?c=d&e", "a b", "acme  |  4 2", `a${" ".repeat(126)}b`],
    refused: [
      ["x".repeat(129), printable],
      [" a", printable],
      ["a ", printable],
      [" ", printable],
      ["a\tb", printable],
      ["é", printable],
      ["\u007f", printable],
    ],
  },
  locale: {
    kept: [
      "en",
      "en-US",
      ["EN-us", "en-US"],
      ["zh-hant-tw", "zh-Hant-TW"],
      ["iw", "he"],
      ["de-latn-de-1996", "de-Latn-DE-1996"],
      "en-US-u-ca-gregory",
    ],
    refused: [
      ["en_US", tag],
      ["e", tag],
      ["english language", tag],
      ["en-", tag],
      ["*", tag],
      [`en-x-${"abcdefgh-".repeat(8)}a`, tag],
    ],
  },
};

describe.each(optionalTextNames)("%s", (name) => {
  const { kept, refused } = texts[name];
  const { field } = optionalTexts[name];

  it.each(kept.map((given) => (typeof given === "string" ? ([given, given] as const) : given)))(
    "keeps %j as %j",
    (given, expected) => {
      const check = new FieldChecker();
      expect(check.optionalText(name, given)).toBe(expected);
      check.done();
    },
  );

  it.each(refused)("refuses %j", (given, problem) => {
    expect(violations((check) => check.optionalText(name, given))).toEqual([`${field}: ${problem}`]);
  });
});

describe("a text of more than a megabyte is refused before it is read", () => {
  // As a tag it takes minutes: each variant is compared with those before.
  const variants = Array.from({ length: 200_000 }, (_, i) => i.toString(36).padStart(5, "0"));
  const cases: [name: OptionalText, given: string, problem: string][] = [
    ["firstName", "x".repeat(2_000_000), names],
    ["profilePictureUrl", `https://${"ü".repeat(1_000_000)}.example`, "must be at most 2048 bytes"],
    ["externalId", "x".repeat(2_000_000), printable],
    ["locale", `en-${variants.join("-")}`, tag],
  ];

  it.each(cases)("%s", (name, given, problem) => {
    const { field } = optionalTexts[name];
    expect(violations((check) => check.optionalText(name, given))).toEqual([`${field}: ${problem}`]);
  });
});

const key = "key must be 1-40 characters";
const longKey = "key must be at most 40 characters";
const value = "value must be at most 600 characters";
const directions = "bidi overrides or isolates (U+202A-202E, U+2066-2069)";
const inValue = `value must not have control characters beside tabs and line breaks, ${directions}`;
const pairs = (count: number) => new Map(Array.from({ length: count }, (_, i) => [`key-${i}`, ""]));
const pair = (name: string, text: string) => new Map([[name, text]]);

const metadata: [name: string, given: Map<string, string>, violations: string[]][] = [
  ["no pairs", new Map(), []],
  ["50 pairs", pairs(50), []],
  ["51 pairs", pairs(51), ["metadata: must leave at most 50 pairs, not 51"]],
  [
    "a wrong pair behind the fiftieth",
    new Map([...pairs(50), ["bad", "v".repeat(601)]]),
    ["metadata: must leave at most 50 pairs, not 51"],
  ],
  ["a key of 40 characters", pair("k".repeat(40), "v"), []],
  ["a key of 40 characters outside the basic plane", pair("🔑".repeat(40), "v"), []],
  ["a key of 41 characters", pair("k".repeat(41), "v"), [`metadata["${"k".repeat(40)}"]: ${longKey}`]],
  ["an empty key", pair("", "v"), [`metadata[""]: ${key}`]],
  ["a key with a control character", pair("a\nb", "v"), [`metadata["a\\nb"]: key ${unprintable}`]],
  ["a key that turns what is around it", pair("a\u202eb", "v"), [`metadata["a\u202eb"]: key ${unprintable}`]],
  ["a key that is half a character", pair("a\ud800", "v"), [`metadata["a\\ud800"]: key ${unprintable}`]],
  ["an empty value", pair("k", ""), []],
  ["a value of 600 characters", pair("k", "v".repeat(600)), []],
  ["a value of 600 characters outside the basic plane", pair("k", "😀".repeat(600)), []],
  ["a value of 601 characters", pair("k", "v".repeat(601)), [`metadata["k"]: ${value}`]],
  ["a value of lines and tabs", pair("k", "a\tb\r\nc\n"), []],
  ["a value with a control character", pair("k", "a\nb\0"), [`metadata["k"]: ${inValue}`]],
  ["a value with a control character of Latin-1", pair("k", "\u0085"), [`metadata["k"]: ${inValue}`]],
  ["a value that turns what is around it", pair("k", "\u2067a"), [`metadata["k"]: ${inValue}`]],
  ["a value that is half a character", pair("k", "\udfff"), [`metadata["k"]: ${inValue}`]],
  [
    "several mistakes",
    new Map([
      ["", "v".repeat(601)],
      ["good", "good"],
      ["bad", "😀".repeat(601)],
    ]),
    [`metadata[""]: ${key}`, `metadata[""]: ${value}`, `metadata["bad"]: ${value}`],
  ],
];

describe("metadata", () => {
  it.each(metadata)("%s", (_name, given, expected) => {
    expect(violations((check) => check.metadata(given))).toEqual(expected);
  });
});

describe("a list with too many items", () => {
  it("is checked as far as items may be there", () => {
    const check = new FieldChecker();
    expect(check.items("ids", ["a", "b", "c"], 0, 2)).toEqual(["a", "b"]);
    expect(violations((another) => another.items("ids", ["a", "b", "c"], 0, 2))).toEqual([
      "ids: must have at most 2 items, not 3",
    ]);
  });
});

describe("an error", () => {
  it("names the first thirty violations and counts the others", () => {
    const check = new FieldChecker();
    for (let i = 0; i < 45; i++) check.fail(`ids[${i}]`, "is required");
    let thrown: RosterError | undefined;
    try {
      check.done();
    } catch (error) {
      thrown = error as RosterError;
    }
    expect(thrown?.message).toBe("ids[0]: is required (and 44 more)");
    expect(thrown?.details.violations?.map(({ field }) => field)).toEqual(
      Array.from({ length: 30 }, (_, i) => `ids[${i}]`),
    );
    expect(thrown?.details.metadata).toEqual({ omitted_violations: "15" });
  });
});
