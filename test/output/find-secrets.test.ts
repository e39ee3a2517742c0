import { describe, expect, it } from "vitest";
import { SecretSearch } from "../support/find-secrets.js";

const password = 'öffne "dich" Sesam';
const search = new SecretSearch([
  { kind: "password", text: password },
  { kind: "password", text: "öffne dich, Sesam" },
  { kind: "password", text: "short" },
]);

const kindsIn = (text: string): string[] => search.in(text).map(({ kind }) => kind);

describe("the search of the output finds", () => {
  it.each([
    ["a secret in a line", `a line with ${password}.`],
    ["a secret in JSON", JSON.stringify({ msg: `${password} is wrong` })],
    ["a secret in base64", `bytes: ${Buffer.from(password).toString("base64")}`],
    ["a secret that begins like another", "öffne dich, Sesam"],
    ["a secret at the end", `: ${password}`],
  ])("%s", (_name, text) => {
    expect(kindsIn(text)).toEqual(["password"]);
  });

  it.each([
    ["bcrypt hash", "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
    ["hash of a modular format", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ"],
    ["API key", "sk_01JDQ0000000000000000000AB_abcdefghijklmnopqrstuvwxyz"],
    ["private key", "-----BEGIN RSA PRIVATE KEY-----"],
  ])("a %s that nobody has told of", (kind, secret) => {
    expect(search.in(`{"err":"${secret}"}`)).toEqual([{ kind, before: '{"err":"' }]);
  });

  it("each of several, and says what is before it", () => {
    const leaks = search.in(`first: ${password}\nsecond: ${password}`);
    expect(leaks.map(({ before }) => before.slice(-8))).toEqual(["first: ", "second: "]);
  });
});

describe("the search of the output does not find", () => {
  it.each([
    ["a word that is too short to be told from others", "shorter"],
    ["the beginning of a secret", password.slice(0, -1)],
    ["the placeholder of a key", "authorization: Bearer sk_..."],
  ])("%s", (_name, text) => {
    expect(kindsIn(text)).toEqual([]);
  });
});
