/** Why something of the source is not made a row. Never holds a part of a password or a hash. */
export class RowProblem extends Error {
  constructor(
    message: string,
    /** The field at fault, by its path in the row. */
    readonly field?: string,
  ) {
    super(message);
  }
}

/**
 * The value as a text of a row. `path` is where it stands there. JSON can spell lone surrogates (`"\\ud800"`), which are no
 * text, and would be sent as another character.
 */
export const readText = (value: unknown, path: string): string => {
  if (typeof value !== "string") throw new RowProblem("must be a string", path);
  if (!value.isWellFormed()) throw new RowProblem("must not have lone surrogates", path);
  return value;
};
