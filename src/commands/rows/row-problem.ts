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
