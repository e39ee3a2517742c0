import { readFile } from "node:fs/promises";
import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { alternativeNames } from "../../src/rpc/authentication/alternative-names.js";
import { TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";

const folder = useFolder();
let ca: TestCa;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
});

// What openssl makes certificates of, and what is read in them.
const cases: [name: string, written: string, read: string[]][] = [
  ["one name", "DNS:billing.internal", ["DNS:billing.internal"]],
  [
    "names of several types",
    "DNS:a.internal,URI:spiffe://acme/ops?x=1,email:ops@acme.example,IP:10.0.0.1,RID:1.2.3",
    [
      "DNS:a.internal",
      "URI:spiffe://acme/ops?x=1",
      "email:ops@acme.example",
      "IP Address:10.0.0.1",
      "Registered ID:1.2.3",
    ],
  ],
  [
    "a URI that tries to be two names",
    "@names\n[names]\nURI.1 = http://a.example/\\, DNS:admin.internal\nDNS.1 = b.internal",
    ['URI:"http://a.example/\\u002c DNS:admin.internal"', "DNS:b.internal"],
  ],
  [
    "a DNS name with quotes in it",
    '@names\n[names]\nDNS.1 = a\\"\\, DNS:admin.internal\\, DNS:\\"b\nDNS.2 = c.internal',
    ['DNS:"a\\"\\u002c DNS:admin.internal\\u002c DNS:\\"b"', "DNS:c.internal"],
  ],
  [
    "another kind of name",
    "otherName:1.3.6.1.4.1.311.20.2.3;UTF8:ops@acme.example,DNS:a",
    ["othername:UPN:ops@acme.example", "DNS:a"],
  ],
];

describe("the alternative names of a certificate", () => {
  it.each(cases)("are read of %s", async (_name, written, read) => {
    const { cert } = await ca.issue("subject", written);
    expect(alternativeNames(new X509Certificate(await readFile(cert)).subjectAltName)).toEqual(read);
  });

  it.each([
    [undefined, []],
    ["", []],
    ['DNS:a, DNS:"b', []],
    ["DNS:a,DNS:b", []],
    ["DNS:a, billing.internal", []],
    ['DNS:"a"b, DNS:c', []],
    ["DNS:", ["DNS:"]],
    ['URI:"a\\u002c DNS:b", DNS:c', ['URI:"a\\u002c DNS:b"', "DNS:c"]],
  ])("of %j are %j", (text, read) => {
    expect(alternativeNames(text)).toEqual(read);
  });
});
