import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import { UserStatus } from "../../../gen/ts/roster/v1/user.js";
import { enumReader } from "./enum-reader.js";
import { isObject } from "./json-object.js";
import { readPasswordHash, writePasswordHash } from "./password-hash.js";
import { readText, RowProblem } from "./row-problem.js";
import { formatTimestamp, parseTimestamp } from "./timestamp.js";

/** How the values of a type of field are read from JSON and written to it. */
interface FieldType {
  /** Throws a RowProblem for a value of another type. */
  read(value: unknown, name: string): unknown;
  /** Undefined when the field is not set. */
  write(value: never): unknown;
}

const text: FieldType = {
  read: readText,
  write: (value) => value || undefined,
};
const optionalText: FieldType = { ...text, write: (value) => value };
const flag: FieldType = {
  read(value, name) {
    if (typeof value !== "boolean") throw new RowProblem("must be true or false", name);
    return value;
  },
  write: (value) => value,
};
const time: FieldType = {
  read(value, name) {
    const timestamp = typeof value === "string" ? parseTimestamp(value) : undefined;
    if (timestamp === undefined) throw new RowProblem("must be a time like 2024-05-13T09:30:00Z", name);
    return timestamp;
  },
  write: (value) => value && formatTimestamp(value),
};
const metadata: FieldType = {
  read(value, name) {
    if (!isObject(value)) throw new RowProblem("must be an object", name);
    return new Map(
      Object.entries(value).map(([key, item]) => {
        const path = `${name}[${JSON.stringify(key)}]`;
        return [readText(key, path), readText(item, path)];
      }),
    );
  },
  write: (value: ReadonlyMap<string, string>) => (value.size > 0 ? Object.fromEntries(value) : undefined),
};
const passwordHash: FieldType = { read: readPasswordHash, write: (value) => value && writePasswordHash(value) };

const statusPrefix = "USER_STATUS_";
const status: FieldType = {
  read: enumReader(UserStatus, statusPrefix, "status"),
  write: (value: UserStatus) => (value === UserStatus.UNSPECIFIED ? undefined : statusPrefix + UserStatus[value]),
};

/** A field of `ImportRow`. */
export interface RowField {
  readonly property: keyof ImportRow;
  /** As in the proto file, which is how it is written. */
  readonly name: string;
  readonly type: FieldType;
}

const types: { readonly [K in keyof ImportRow]-?: FieldType } = {
  id: text,
  email: text,
  emailVerified: flag,
  firstName: optionalText,
  lastName: optionalText,
  name: optionalText,
  profilePictureUrl: optionalText,
  externalId: optionalText,
  metadata,
  locale: optionalText,
  lastSignInAt: time,
  createdAt: time,
  status,
  password: optionalText,
  passwordHash,
};

/** Every field of `ImportRow`, in the order in which they are written. */
export const rowFields: readonly RowField[] = Object.entries(types).map(([property, type]) => ({
  property: property as keyof ImportRow,
  name: property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  type,
}));

/** The fields by name, in the spelling of the proto file and in that of proto JSON. */
export const fieldsByName: ReadonlyMap<string, RowField> = new Map(
  rowFields.flatMap((field) => [
    [field.name, field],
    [field.property, field],
  ]),
);
