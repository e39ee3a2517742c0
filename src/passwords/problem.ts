/** Says why a password hash cannot be taken. Stays inside this folder; its text never holds a part of the hash. */
export class HashProblem extends Error {}

/** Gives up on a hash; `problem` reads on from the name of the field, like "must be …". */
export const refuse = (problem: string): never => {
  throw new HashProblem(problem);
};
