import { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import { fieldsByName, rowFields } from "./fields.js";
import { isObject, type JsonObject } from "./json-object.js";
import { RowProblem } from "./row-problem.js";

/** Reads an `ImportRow` from proto JSON: field names in either spelling, null for what is not set. */
export const rowOfJson = (json: unknown): ImportRow => {
  if (!isObject(json)) throw new RowProblem("must be an object of JSON");
  const row = ImportRow.fromPartial({});
  const set = new Set<string>();
  for (const [name, value] of Object.entries(json)) {
    const field = fieldsByName.get(name);
    if (field === undefined) throw new RowProblem("there is no such field", name);
    if (value === null) continue;
    if (set.has(field.name)) throw new RowProblem("stands there twice", field.name);
    set.add(field.name);
    Object.assign(row, { [field.property]: field.type.read(value, field.name) });
  }
  return row;
};

/** Writes an `ImportRow` in proto JSON, with the names of the proto file. Fields that are not set are left out. */
export const jsonOfRow = (row: ImportRow): JsonObject => {
  const json: Record<string, unknown> = {};
  for (const { property, name, type } of rowFields) {
    const value = type.write(row[property] as never);
    if (value !== undefined) json[name] = value;
  }
  return json;
};
