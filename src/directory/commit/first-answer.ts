import type { CallContext } from "../call-context.js";
import type { Committer, Mutation } from "./mutation.js";

class NotAnswered extends Error {}

const giveUp = (): never => {
  throw new NotAnswered();
};

/**
 * The answer that the request of a mutation was given before, or undefined when it is the first or has no id. Throws
 * REQUEST_ID_REUSED as running the mutation would. Changes nothing.
 */
export const firstAnswer = async <Result>(
  committer: Committer,
  { request }: Mutation<Result>,
  call: CallContext,
): Promise<Result | undefined> => {
  if (request === undefined) return undefined;
  try {
    return await committer.run<Result>({ lookups: [], request, apply: giveUp }, call);
  } catch (error) {
    if (error instanceof NotAnswered) return undefined;
    throw error;
  }
};
