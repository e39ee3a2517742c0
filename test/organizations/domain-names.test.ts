import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import {
  createOrganization,
  organizationsOf,
  pending,
  updateOrganization,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";

const server = useServer();
const client = () => organizationsOf(server.current);

const label63 = "a".repeat(63);

const kept = [
  { name: "a name", given: "example.com", domain: "example.com" },
  { name: "capital letters", given: "Example.COM", domain: "example.com" },
  { name: "Unicode", given: "bücher.example", domain: "xn--bcher-kva.example" },
  { name: "capital letters in Unicode", given: "BÜCHER.example", domain: "xn--bcher-kva.example" },
  { name: "decomposed letters", given: "bu\u0308cher.example", domain: "xn--bcher-kva.example" },
  { name: "the ASCII form", given: "XN--BCHER-KVA.example", domain: "xn--bcher-kva.example" },
  { name: "a sharp s", given: "straße.example", domain: "xn--strae-oqa.example" },
  { name: "the Kelvin sign", given: "\u212aelvin.example", domain: "kelvin.example" },
  { name: "letters of full width", given: "ｅｘａｍｐｌｅ．ｃｏｍ", domain: "example.com" },
  { name: "an ideographic full stop", given: "例え。テスト", domain: "xn--r8jz45g.xn--zckzah" },
  { name: "a soft hyphen", given: "exam\u00adple.com", domain: "example.com" },
  { name: "digits and hyphens", given: "3-d.4u.example", domain: "3-d.4u.example" },
  { name: "a label of 63 bytes", given: `${label63}.example`, domain: `${label63}.example` },
  {
    name: "253 bytes",
    given: `${`${label63}.`.repeat(3)}${"b".repeat(61)}`,
    domain: `${`${label63}.`.repeat(3)}${"b".repeat(61)}`,
  },
];

const refused = [
  { name: "nothing", given: "", description: "is required" },
  { name: "one label", given: "localhost" },
  { name: "a dot at the end", given: "example.com." },
  { name: "a dot at the start", given: ".example.com" },
  { name: "one label and a dot", given: "com." },
  { name: "two dots in a row", given: "example..com" },
  { name: "white space around it", given: " example.com" },
  { name: "white space in it", given: "exam ple.com" },
  { name: "a wildcard", given: "*.example.com" },
  { name: "an email", given: "ada@example.com" },
  { name: "an at sign", given: "@example.com" },
  { name: "a URL", given: "https://example.com" },
  { name: "a port", given: "example.com:443" },
  { name: "a path", given: "example.com/" },
  { name: "percent encoding", given: "ex%61mple.com" },
  { name: "an IPv4 address", given: "192.0.2.1" },
  { name: "an IPv4 address of full width", given: "１９２.0.2.1" },
  { name: "an IPv6 address", given: "[2001:db8::1]" },
  { name: "a hyphen in front", given: "-example.com" },
  { name: "a label of 64 bytes", given: `a${label63}.com` },
  { name: "254 bytes", given: `${`${label63}.`.repeat(3)}${"b".repeat(62)}` },
  { name: "a very long name", given: `${"ü".repeat(100_000)}.example` },
  { name: "what is no punycode", given: "xn--a.example" },
  { name: "a NUL", given: "example.com\u0000" },
  { name: "a right-to-left override", given: "example\u202e.com" },
];

describe("a domain of an organization", () => {
  it.each(kept)("is kept in its ASCII form: $name", async ({ given, domain }) => {
    expect((await createOrganization(client(), { domains: [pending(given)] })).domains).toEqual([pending(domain)]);
    const { id } = await createOrganization(client());
    expect((await updateOrganization(client(), id, { domains: [pending(given)] })).domains).toEqual([pending(domain)]);
    expect((await updateOrganization(client(), id, { removeDomains: [given] })).domains).toEqual([]);
  });

  it.each(refused)("is refused: $name", async ({ given, description = "must be a domain name, like example.com" }) => {
    const domains = [pending("fine.example"), pending(given)];
    expect(await failure(createOrganization(client(), { domains }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field: "domains[1].domain", description }],
    });
  });

  const lookAlikes = [
    { name: "a Cyrillic letter", domain: "apple-fan.example", alike: "\u0430pple-fan.example" },
    { name: "a Greek letter", domain: "googie.example", alike: "g\u03bfogie.example" },
    { name: "a digit", domain: "loop.example", alike: "l00p.example" },
    { name: "an accent", domain: "resume.example", alike: "resumé.example" },
    { name: "ss instead of a sharp s", domain: "strasse.example", alike: "straße.example" },
    { name: "a domain below it", domain: "parent.example", alike: "mail.parent.example" },
  ];

  it.each(lookAlikes)("is another one than a look-alike with $name", async ({ domain, alike }) => {
    const first = await createOrganization(client(), { domains: [verified(domain)] });
    const second = await createOrganization(client(), { domains: [verified(alike)] });
    expect(second.domains).toHaveLength(1);
    expect(second.domains).not.toEqual(first.domains);
  });

  it.each(kept.slice(1, 9))("is the same as in another spelling: $name", async ({ given, domain }) => {
    const { id } = await createOrganization(client(), { domains: [verified(`same.${domain}`)] });
    const again = { domains: [verified(`SAME.${given}`)] };
    expect(await failure(createOrganization(client(), again))).toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "DOMAIN_NOT_AVAILABLE",
      metadata: { domain: `same.${domain}` },
    });
    await updateOrganization(client(), id, { removeDomains: [`same.${given}`] });
  });

  it("may be given once in a request, whatever the spelling", async () => {
    const domains = [pending("a.example"), pending("ü.example"), verified("A.Example"), pending("xn--tda.example")];
    const violations = [2, 3].map((i) => ({
      field: `domains[${i}].domain`,
      description: "must not be a domain that is given before",
    }));
    expect((await failure(createOrganization(client(), { domains }))).violations).toEqual(violations);
    const { id } = await createOrganization(client());
    expect((await failure(updateOrganization(client(), id, { domains }))).violations).toEqual(violations);
  });

  it("is one of a hundred at most", async () => {
    const domains = Array.from({ length: 101 }, (_, i) => pending(`${i}.example`));
    expect((await failure(createOrganization(client(), { domains }))).violations).toEqual([
      { field: "domains", description: "must have at most 100 items, not 101" },
    ]);
  });
});
