import { ImportRow } from "../../../../gen/ts/roster/v1/import.js";
import type { PasswordHash, PasswordHashAlgorithm } from "../../../../gen/ts/roster/v1/password.js";
import { jsonOfRow } from "../../rows/row-json.js";
import { isObject, type JsonObject } from "../../rows/json-object.js";
import { RowProblem } from "../../rows/row-problem.js";
import { parseTimestamp, timestampOfMs } from "../../rows/timestamp.js";
import { type Place, rejectionOf, type SourceRow } from "../source-row.js";

/** A user of another system: the row that it becomes, and what stands against sending it. */
export class ForeignUser {
  readonly row = ImportRow.fromPartial({});
  readonly #problems: RowProblem[] = [];

  constructor(readonly user: JsonObject) {}

  /** Keeps the user back. What is in the row goes to the file of rejected rows, without what cannot be carried over. */
  refuse(message: string, field?: string): void {
    this.#problems.push(new RowProblem(message, field));
  }

  /** A text of the user. Absent, null and empty are the same. */
  text(name: string, from: JsonObject = this.user): string | undefined {
    const value = from[name];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value === "string" && value.isWellFormed()) return value;
    this.refuse(`${name} ${typeof value === "string" ? "has lone surrogates" : "is not a text"}`);
    return undefined;
  }

  /** A yes or no of the user. */
  flag(name: string): boolean | undefined {
    const value = this.user[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "boolean") return value;
    this.refuse(`${name} is not true or false`);
    return undefined;
  }

  /** A time of the user: RFC 3339, or milliseconds after 1970 as number or text. */
  time(name: string): ImportRow["createdAt"] {
    const value = this.user[name];
    if (value === undefined || value === null || value === "") return undefined;
    const isCount = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
    const time = isCount ? timestampOfMs(Number(value)) : typeof value === "string" ? parseTimestamp(value) : undefined;
    if (time === undefined) this.refuse(`${name} is not a time`);
    return time;
  }

  /** Adds pairs to the metadata: texts as they are, other values as JSON. */
  addMetadata(values: unknown, name: string): void {
    if (values === undefined || values === null) return;
    if (!isObject(values)) return this.refuse(`${name} is not an object`);
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined || value === null) continue;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      if (this.row.metadata.has(key))
        this.refuse(`another value has this key, beside the one in ${name}`, `metadata["${key}"]`);
      else if (!key.isWellFormed() || !text.isWellFormed()) this.refuse(`${name} has lone surrogates`);
      else this.row.metadata.set(key, text);
    }
  }

  setHash(algorithm: PasswordHashAlgorithm, hash: string): void {
    this.row.passwordHash = { algorithm, hash, saltPosition: 0 } satisfies PasswordHash;
  }

  /** The row of the source that it is. */
  at(place: Place): SourceRow {
    const [first, ...more] = this.#problems;
    if (first === undefined) return { ...place, row: this.row };
    const rejection = rejectionOf("NOT_CARRIED_OVER", first);
    const message = [rejection.message, ...more.map((problem) => problem.message)].join("; ");
    return { ...place, rejection: { ...rejection, message }, json: jsonOfRow(this.row) };
  }
}
