import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { parseHashConfig } from "../../src/commands/import/formats/firebase-hash-config.js";
import { readSample, readSource } from "../support/samples.js";

const ulid = "user_01JD0000000000000000000000";

describe("a file of JSON lines", () => {
  it("is read in either spelling of the fields, and each line that is wrong costs itself", async () => {
    expect(await readSample("users.ndjson")).toEqual({
      format: "ndjson",
      rows: [
        {
          number: 1,
          line: 1,
          json: {
            email: "ada@example.com",
            first_name: "Ada",
            external_id: "42",
            metadata: { plan: "pro" },
            created_at: "2019-05-13T09:30:00.500Z",
            password_hash: {
              algorithm: "PASSWORD_HASH_ALGORITHM_BCRYPT",
              hash: "$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG",
            },
          },
        },
        {
          number: 2,
          line: 2,
          json: {
            email: "grace@example.com",
            email_verified: true,
            locale: "en-US",
            last_sign_in_at: "2024-11-18T13:10:12.000Z",
          },
        },
        {
          number: 3,
          line: 3,
          json: { email: "typo@example.com", frist_name: "Typo" },
          rejection: {
            reason: "UNREADABLE_ROW",
            message: "frist_name: there is no such field",
            field_violations: [{ field: "frist_name", description: "there is no such field" }],
          },
        },
        {
          number: 4,
          line: 4,
          json: {},
          text: "not json",
          rejection: { reason: "UNREADABLE_ROW", message: "the line is not an object of JSON" },
        },
      ],
    });
  });

  it("may have empty lines, a byte order mark, and no end of the last line", async () => {
    const { rows } = await readSource(`\uFEFF{"id":"${ulid}"}\r\n\n   \n{"email":"b@example.com"}`);
    expect(rows).toEqual([
      { number: 1, line: 1, json: { id: ulid } },
      { number: 2, line: 4, json: { email: "b@example.com" } },
    ]);
  });

  it("is put together wherever the chunks are cut", async () => {
    const bytes = Buffer.from('{"email":"zoë@example.com"}\n{"name":"Zoë 密码"}\n');
    const { rows } = await readSource(Readable.from([...bytes].map((byte) => Buffer.from([byte]))));
    expect(rows.map(({ json }) => json)).toEqual([{ email: "zoë@example.com" }, { name: "Zoë 密码" }]);
  });

  it("gives up the reason that a file of rejected rows has beside the fields", async () => {
    const { rows } = await readSource('{"email":"a@example.com","_rejected":{"row":7,"reason":"INVALID_REQUEST"}}\n');
    expect(rows).toEqual([{ number: 1, line: 1, json: { email: "a@example.com" } }]);
  });

  it.each<[string, string, string]>([
    ['{"email":1}', "email", "must be a string"],
    ['{"email_verified":"yes"}', "email_verified", "must be true or false"],
    ['{"created_at":"2024-02-30T00:00:00Z"}', "created_at", "must be a time like 2024-05-13T09:30:00Z"],
    ['{"created_at":"2024-05-13"}', "created_at", "must be a time like 2024-05-13T09:30:00Z"],
    ['{"lastSignInAt":1715592600}', "last_sign_in_at", "must be a time like 2024-05-13T09:30:00Z"],
    ['{"metadata":[]}', "metadata", "must be an object"],
    ['{"metadata":{"a \\"b":1}}', 'metadata["a \\"b"]', "must be a string"],
    ['{"first_name":"a","firstName":"b"}', "first_name", "stands there twice"],
    ['{"password_hash":"$2b$10$"}', "password_hash", "must be an object"],
    ['{"password_hash":{"hash":"x","kind":"y"}}', "password_hash.kind", "there is no such field"],
    [
      '{"password_hash":{"algorithm":"MD5","hash":"x"}}',
      "password_hash.algorithm",
      "must be one of BCRYPT, SCRYPT, FIREBASE_SCRYPT, SSHA, SSHA256, PBKDF2, ARGON2",
    ],
  ])("tells what is wrong with %s", async (line, field, description) => {
    const { rows } = await readSource(`${line}\n`);
    expect(rows[0]?.rejection).toEqual({
      reason: "UNREADABLE_ROW",
      message: `${field}: ${description}`,
      field_violations: [{ field, description }],
    });
  });

  it("never tells what stood where a password may stand", async () => {
    const { rows } = await readSource('{"password":["s3cr3t"]}\n{"email":"a@example.com","password":"s3cr3t"\n');
    expect(JSON.stringify(rows.map(({ rejection }) => rejection))).not.toContain("s3cr3t");
  });
});

describe("a file of CSV", () => {
  it("has the names of the fields in its header, and empty cells for what is not set", async () => {
    expect(await readSample("users.csv")).toEqual({
      format: "csv",
      rows: [
        {
          number: 1,
          line: 2,
          json: {
            email: "Ada@Example.com",
            email_verified: true,
            first_name: "Ada",
            last_name: "Lovelace",
            external_id: "42",
            metadata: { plan: "pro", note: 'two\nlines, "quoted"' },
            created_at: "2019-05-13T09:30:00.000Z",
            password_hash: {
              algorithm: "PASSWORD_HASH_ALGORITHM_SSHA",
              hash: "{SSHA}axjXroWdrjIVf38p0IUbdYaQZtQBAgMEBQYHCA==",
            },
          },
        },
        { number: 2, line: 4, json: { email: "zoë@example.com", first_name: "Zoë" } },
        {
          number: 3,
          line: 5,
          json: { email: "bad@example.com", email_verified: "maybe" },
          rejection: {
            reason: "UNREADABLE_ROW",
            message: "email_verified: must be true or false",
            field_violations: [{ field: "email_verified", description: "must be true or false" }],
          },
        },
      ],
    });
  });

  it("may have metadata as one column of JSON, beside columns for keys", async () => {
    const { rows } = await readSource('email,metadata,metadata.plan\na@example.com,"{""a"":""1""}",pro\n', {
      fileName: "users.csv",
    });
    expect(rows[0]?.json).toEqual({ email: "a@example.com", metadata: { a: "1", plan: "pro" } });
  });

  it.each(["\n", "\r\n"])("tells the lines where its rows begin: lines that end with %j", async (end) => {
    const text = ["email,name", "", 'a@example.com,"A', 'B"', "", "", "b@example.com,B", "c@example.com,C"].join(end);
    const { rows } = await readSource(text);
    expect(rows.map(({ number, line }) => [number, line])).toEqual([
      [1, 3],
      [2, 7],
      [3, 8],
    ]);
    expect(rows[0]?.json).toEqual({ email: "a@example.com", name: `A${end}B` });
  });

  it("rejects a line with another number of cells", async () => {
    const { rows } = await readSource("email,name\na@example.com\nb@example.com,B\n");
    expect(rows.map(({ rejection }) => rejection?.message)).toEqual(["the line has 1 cells, the header 2", undefined]);
  });

  it.each([
    ["email,nmae\na,b\n", "the header has a column that no field has: nmae"],
    ["email,name,email\na,b,c\n", "the header has a column twice: email"],
    ["email,password_hash\na,b\n", "the header has a column that no field has: password_hash"],
    ['email,name\na,"never closed\n', "the file is not CSV: quote not closed, near line 2"],
  ])("is refused as a whole: %j", async (text, message) => {
    await expect(readSource(text, { fileName: "users.csv" })).rejects.toThrow(message);
  });
});

describe("a source", () => {
  it.each([
    ["that is no text", Buffer.from([0xff, 0xfe, 0x41, 0x00]), "users.ndjson", "the file is not UTF-8"],
    ["of no known format", Buffer.from("hello\n"), "users.txt", "cannot tell the format of the file"],
    ["of JSON that is cut off", Buffer.from('{"users":[{"localId":"a"},{"loc'), "u.json", "not JSON behind user 1"],
    ["of JSON without users", Buffer.from('{"realm":"shop"}'), "u.json", "the file has no users"],
  ])("%s is refused", async (_, bytes, fileName, message) => {
    await expect(readSource(Readable.from([bytes]), { fileName })).rejects.toThrow(message);
  });

  it("that is empty has no rows", async () => {
    expect(await readSource(Readable.from([]))).toEqual({ format: "ndjson", rows: [] });
  });
});

describe("the hash parameters of Firebase", () => {
  const expected = { base64_signer_key: "a+/b", base64_salt_separator: "Bw==", rounds: "8", mem_cost: "14" };

  it.each([
    [
      "hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: a-_b,\n  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}",
    ],
    ['{"base64_signer_key":"a+/b","base64_salt_separator":"Bw==","rounds":8,"mem_cost":14}'],
  ])("are read as the console shows them, or from JSON: %j", (text) => {
    expect(parseHashConfig(text)).toEqual(expected);
  });

  it.each([
    ["rounds: 8, mem_cost: 14", "base64_signer_key, base64_salt_separator"],
    ["algorithm: BCRYPT", "another algorithm than SCRYPT"],
  ])("are refused when they are not complete: %j", (text, message) => {
    expect(() => parseHashConfig(text)).toThrow(message);
  });
});
