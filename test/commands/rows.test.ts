import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { ImportRow } from "../../gen/ts/roster/v1/import.js";
import { PasswordHashAlgorithm, SaltPosition } from "../../gen/ts/roster/v1/password.js";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import { cellsOfRow, csvColumns, csvTarget, jsonOfCells } from "../../src/commands/rows/csv-columns.js";
import { rowFields } from "../../src/commands/rows/fields.js";
import { jsonOfRow, rowOfJson } from "../../src/commands/rows/row-json.js";

const full = ImportRow.fromPartial({
  id: "user_01JD0000000000000000000000",
  email: "Zoë@example.com",
  emailVerified: false,
  firstName: "Zoë",
  lastName: "",
  name: 'Zoë "the first", of\nher name',
  profilePictureUrl: "https://example.com/zoe.png",
  externalId: "42",
  metadata: new Map([
    ["plan", "pro"],
    ["__proto__", "a key like any other"],
    ["empty", ""],
  ]),
  locale: "fr-CA",
  lastSignInAt: { seconds: 1_731_935_412n, nanos: 123_000_000 },
  createdAt: { seconds: -1n, nanos: 1_000_000 },
  status: UserStatus.INACTIVE,
  passwordHash: { algorithm: PasswordHashAlgorithm.SSHA256, hash: "c2FsdA==", saltPosition: SaltPosition.PREFIX },
});

const importRow = () => {
  const set = fromBinary(
    FileDescriptorSetSchema,
    readFileSync(new URL("../../gen/descriptors.binpb", import.meta.url)),
  );
  const schema = createFileRegistry(set).getMessage("roster.v1.ImportRow");
  if (schema === undefined) throw new Error("no ImportRow in the descriptors");
  return schema;
};

describe("a row in JSON", () => {
  it("has every field of the proto file", () => {
    expect(rowFields.map(({ name }) => name).toSorted()).toEqual(
      importRow()
        .fields.map(({ name }) => name)
        .toSorted(),
    );
  });

  it("is proto JSON, and the same row when it is read again", () => {
    const schema = importRow();
    const message = fromBinary(schema, ImportRow.encode(full).finish());
    expect(jsonOfRow(full)).toEqual(toJson(schema, message, { useProtoFieldName: true }));
    expect(rowOfJson(JSON.parse(JSON.stringify(jsonOfRow(full))))).toEqual(full);
    expect(rowOfJson(toJson(schema, message))).toEqual(full);
  });

  it("has no field that is not set", () => {
    expect(jsonOfRow(ImportRow.fromPartial({}))).toEqual({});
    expect(rowOfJson({ email: null, first_name: null, password_hash: null })).toEqual(ImportRow.fromPartial({}));
  });
});

describe("a text with a lone surrogate, which JSON can spell", () => {
  it.each([
    ["email", { email: "a\ud800@example.com" }],
    ["first_name", { first_name: "Ad\udc00a" }],
    ["external_id", { externalId: "\ud800" }],
    ["password", { password: "correct horse \udfff battery" }],
    ['metadata["k"]', { metadata: { k: "\ud800" } }],
    ['metadata["\\ud800"]', { metadata: { "\ud800": "v" } }],
  ])("is refused, for it would become another one: %s", (field, json) => {
    const read = () => rowOfJson(JSON.parse(JSON.stringify(json)));
    expect(read).toThrow(expect.objectContaining({ field, message: "must not have lone surrogates" }));
  });

  it("is not one with a pair of them", () => {
    expect(rowOfJson({ name: "\ud83d\ude00" }).name).toBe("😀");
  });
});

describe("a status", () => {
  it.each([
    ["USER_STATUS_INACTIVE", UserStatus.INACTIVE],
    ["inactive", UserStatus.INACTIVE],
    ["Active", UserStatus.ACTIVE],
    [2, UserStatus.INACTIVE],
  ])("may be written as %j", (status, expected) => {
    expect(rowOfJson({ status }).status).toBe(expected);
  });

  it.each(["blocked", "", 3, true])("is not %j", (status) => {
    expect(() => rowOfJson({ status })).toThrow("must be one of ACTIVE, INACTIVE");
  });
});

describe("a row in CSV", () => {
  it("is the same row when it is read again, but for empty texts", () => {
    const targets = csvColumns.map((column) => csvTarget(column) ?? { field: "" });
    const json = jsonOfCells(targets, cellsOfRow(full));
    expect(rowOfJson(json)).toEqual({ ...full, lastName: undefined });
  });

  it("has no column for a password in the clear", () => {
    expect(csvColumns).not.toContain("password");
    expect(csvTarget("password")).toEqual({ field: "password" });
  });
});
