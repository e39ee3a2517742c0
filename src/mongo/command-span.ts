import { inSpan } from "../traces/spans.js";

/** Runs a command to the database in a span of its own. */
export const inCommandSpan = <T>(
  { databaseName: database }: { readonly databaseName: string },
  operation: string,
  collection: string | undefined,
  work: () => Promise<T>,
): Promise<T> =>
  inSpan(
    () => ({
      name: collection === undefined ? operation : `${operation} ${collection}`,
      command: { operation, collection, database },
    }),
    work,
  );
