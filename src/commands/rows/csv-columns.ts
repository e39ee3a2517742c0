import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import { fieldsByName, rowFields } from "./fields.js";
import { isObject, type JsonObject } from "./json-object.js";
import { jsonOfRow } from "./row-json.js";

/** Fields with columns for their parts. */
const parts: Readonly<Record<string, readonly string[]>> = {
  password_hash: ["algorithm", "hash", "salt_position"],
};

/** The columns of an export. A password in the clear is never in one; metadata is one column of JSON. */
export const csvColumns: readonly string[] = rowFields
  .filter(({ property }) => property !== "password")
  .flatMap(({ name }) => parts[name]?.map((part) => `${name}.${part}`) ?? [name]);

/** Where the value of a column goes. */
interface Target {
  readonly field: string;
  /** The part of the field, or the key of the metadata. */
  readonly part?: string;
}

/** What a column name means; undefined when there is no such column. */
export const csvTarget = (column: string): Target | undefined => {
  const dot = column.indexOf(".");
  const [first, part] = dot < 0 ? [column] : [column.slice(0, dot), column.slice(dot + 1)];
  const field = fieldsByName.get(first)?.name;
  if (field === undefined) return undefined;
  if (part === undefined) return field in parts ? undefined : { field };
  const known = field === "metadata" ? part !== "" : parts[field]?.includes(part);
  return known ? { field, part } : undefined;
};

/** The cells of a line as JSON of a row. Empty cells are left out; what cannot be read stays as it stands. */
export const jsonOfCells = (targets: readonly Target[], cells: readonly string[]): JsonObject => {
  const json: Record<string, unknown> = {};
  for (const [index, { field, part }] of targets.entries()) {
    const cell = cells[index] ?? "";
    if (cell === "") continue;
    const whole = json[field];
    if (part !== undefined) json[field] = { ...(isObject(whole) ? whole : {}), [part]: cell };
    else if (field === "metadata") json[field] = mergeMetadata(cell, whole);
    else json[field] = field === "email_verified" ? flagOf(cell) : cell;
  }
  return json;
};

const flagOf = (cell: string): boolean | string => {
  const lower = cell.toLowerCase();
  return lower === "true" || (lower === "false" ? false : cell);
};

const mergeMetadata = (cell: string, whole: unknown): unknown => {
  try {
    const parsed: unknown = JSON.parse(cell);
    return isObject(parsed) && isObject(whole) ? { ...parsed, ...whole } : parsed;
  } catch {
    return cell;
  }
};

/** The cells of a row, for the columns of an export. */
export const cellsOfRow = (row: ImportRow): readonly string[] => {
  const json = jsonOfRow(row);
  return csvColumns.map((column) => {
    const { field, part } = csvTarget(column) as Target;
    const whole = json[field];
    const value = part === undefined ? whole : isObject(whole) ? whole[part] : undefined;
    if (value === undefined) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
};
