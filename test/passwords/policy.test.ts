import { describe, expect, it } from "vitest";
import { checkPasswordPolicy, HashingOverloaded } from "../../src/passwords/index.js";
import { estimateStrength } from "../../src/passwords/strength.js";

const owner = {
  email: "ada.lovelace@analytical-engines.example",
  names: ["Ada", "Lovelace", "Ada, Countess of Lovelace"],
};
const check = (password: string) => checkPasswordPolicy(password, owner);

describe("a password of good strength", () => {
  it.each([
    "correct horse battery",
    "tr0ub4dor&3x",
    "wibble-frop",
    "Пароль для кошки",
    "密码很难猜到吗对的",
    "x9$kQ2!vB7@m",
    "  spaces around  it ",
    "gX9$kQ2!vB7@mZ4#rT6^wL8&jN3*hC5(fD1)sP0-yU=eR+aO|iI{uY}qE[dK]bG:cH;nJ<l",
    `${"a".repeat(50)}tr0ub4dor&3xw`,
  ])("passes: %s", async (password) => {
    expect(await check(password)).toEqual({ password });
  });

  it("is returned in NFC", async () => {
    expect(await check("Cafe\u0301 wibble-frop")).toEqual({ password: "Caf\u00e9 wibble-frop" });
  });
});

/** NFC sorts the marks, two by two, in a time that grows with their square. */
const marks = (count: number): string => `a${"\u0301".repeat(count)}${"\u0327".repeat(count)}`;

describe("a password that bcrypt would cut", () => {
  it.each([
    ["73 bytes", "correct horse battery staple ".repeat(3).slice(0, 73), "must be at most 72 bytes of UTF-8, not 73"],
    ["NUL", "correct horse\0battery", "must not contain the character NUL"],
    ["half a megabyte", "x".repeat(500_000), "must be at most 72 bytes of UTF-8, not 500000"],
    // In NFC only after minutes.
    ["two megabytes of marks out of order", marks(500_000), "must be at most 72 bytes of UTF-8, not 2000001"],
  ])("has a problem: %s", async (_, password, problem) => {
    expect(await check(password)).toEqual({ problem });
  });

  it("may have 72 bytes, counted in NFC", async () => {
    const password = "Cafe\u0301 wibble frop, gnarl quux blorp thud ".repeat(2).normalize("NFC").slice(0, 70);
    expect(Buffer.byteLength(password)).toBe(72);
    expect(await check(password.normalize("NFD"))).toEqual({ password });
  });
});

describe("a weak password", () => {
  it.each(["", "x9$kQ2!", "é$k"])("by length: %j", async (password) => {
    const bytes = Buffer.byteLength(password);
    expect(await check(password)).toEqual({ weaknesses: [`It has ${bytes} bytes of UTF-8. Use 8-72.`] });
  });

  it("by length only below 8 bytes", async () => {
    expect(await check("x9$kQ2!v")).toEqual({ password: "x9$kQ2!v" });
    expect(await check("é9$kQ2!")).toEqual({ password: "é9$kQ2!" });
  });

  it.each([
    ["password", "This is a heavily used password."],
    ["P@$$w0rd", "Avoid predictable letter substitutions like '@' for 'a'."],
    ["qwerty12345", "This is a commonly used password."],
    ["aaaaaaaaaaaaaaaa", 'Repeated characters like "aaa" are easy to guess.'],
    ["abcabcabcabcabc", 'Repeated character patterns like "abcabcabc" are easy to guess.'],
    ["19901225", "Dates are easy to guess."],
    ["a".repeat(72), "It repeats itself. Use words that differ."],
    ["1234567890".repeat(7), "It repeats itself. Use words that differ."],
    ["mypassword".repeat(7).slice(0, 68), "It repeats itself. Use words that differ."],
  ])("says what is weak about %s", async (password, weakness) => {
    expect(await check(password)).toEqual({ weaknesses: expect.arrayContaining([weakness]) });
  });

  it("but a strong one over and over is strong", async () => {
    const password = "tr0ub4dor&3xw".repeat(5);
    expect(await check(password)).toEqual({ password });
  });

  const known = "It holds a part of the user's email or name. Use words that have nothing to do with the user.";
  it.each([
    "ada.lovelace",
    "ADA.LOVELACE",
    "lovelace1815",
    "Lovelace1!",
    "analytical-engines",
    "ada.lovelace@analytical-engines.example",
    "Ada, Countess of Lovelace",
  ])("sees email and names: %s", async (password) => {
    const result = await check(password);
    expect(result).toEqual({ weaknesses: expect.arrayContaining([known]) });
    expect(await checkPasswordPolicy("wibble-frop", { email: "wibble-frop@x.example", names: [] })).toHaveProperty(
      "weaknesses",
    );
  });

  it("is not repeated in what is said about it", async () => {
    for (const password of ["password1", "lovelace1815", "qwerty12345", "zxcvbnm,./", "P@$$w0rd", "Summer12"]) {
      const result = await check(password);
      if ("password" in result) continue;
      expect(JSON.stringify(result)).not.toContain(password);
    }
  });
});

describe("a check that ends the thread", () => {
  it("fails, with those that wait, and the next one has another thread", async () => {
    const broken = { password: "x", known: undefined as unknown as string[], enough: 2 };
    const results = await Promise.allSettled([estimateStrength(broken), check("wibble-frop")]);
    expect(results).toEqual(results.map(() => ({ status: "rejected", reason: expect.any(TypeError) })));
    expect(await check("wibble-frop")).toEqual({ password: "wibble-frop" });
  });
});

describe("many checks at a time", () => {
  it("are refused when too many wait", async () => {
    const passwords = Array.from({ length: 65 }, (_, i) => `x9$kQ2!vB7@m${i}`);
    const results = await Promise.allSettled(passwords.map(check));
    expect(results.slice(0, 64)).toEqual(
      passwords.slice(0, 64).map((password) => ({ status: "fulfilled", value: { password } })),
    );
    expect(results[64]).toEqual({ status: "rejected", reason: expect.any(HashingOverloaded) });
  });
});

describe("the time of a check", () => {
  // 72 bytes each, made to give the estimator work: substitutions, dates, repetitions, words.
  it.each([
    "4@8({[<369!|10$5+7%2".repeat(4).slice(0, 72),
    "p@$$w0rd1!".repeat(8).slice(0, 72),
    "01.01.2000 12/12/1999 3-3-03 ".repeat(3).slice(0, 72),
    "@4$51!|0".repeat(9),
    "aab1aab1aab2".repeat(6),
    "1234567890".repeat(8).slice(0, 72),
  ])("is bounded: %s", async (password) => {
    // The first one starts the thread.
    await check("wibble-frop");
    const { user } = await cpuOf(() => check(password));
    expect(user / 1_000).toBeLessThan(250);
  });
});

const cpuOf = async (work: () => Promise<unknown>): Promise<NodeJS.CpuUsage> => {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before);
};
