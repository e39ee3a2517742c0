import type { CallContext } from "../call-context.js";
import type { Committer, Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { FieldChecker } from "../field-checker.js";
import type { Identity } from "../identity.js";
import { keysetList } from "../lists/keyset-list.js";
import type { Page } from "../lists/list-request.js";
import { identityBytes } from "../message-size.js";
import type { IdentityReader, IdentityOfConnection } from "./identity-reader.js";

/** What `ListConnectionIdentities` takes. Empty texts and zeros are the same as absent. */
export interface ListConnectionIdentities {
  readonly connectionId: string;
  readonly pageSize: number;
  readonly limit: number;
  /** The subject that the list goes on behind. */
  readonly after: string;
}

/** What `DeleteConnectionIdentities` takes. */
export interface DeleteConnectionIdentities {
  readonly connectionId: string;
  readonly requestId: string;
}

/** Most identities that are removed in one commit. */
const step = 1_000;

/** Checks the request and returns the pages, in the order of the subjects. */
export const listConnectionIdentities = (
  { connectionId, pageSize, limit, after }: ListConnectionIdentities,
  identities: IdentityReader,
  signal: AbortSignal,
): AsyncGenerator<Page<IdentityOfConnection>> => {
  const check = new FieldChecker();
  check.connectionId(connectionId);
  if (pageSize !== 0) check.range("page_size", pageSize, 1, 1_000);
  if (limit < 0) check.fail("limit", "must not be negative");
  if (after !== "") check.idpId("after", after);
  check.done();
  const range = (part: Parameters<IdentityReader["ofConnection"]>[1]) =>
    identities.ofConnection(connectionId, part, signal);
  return keysetList(
    { range, bytesOf: ({ identity }) => identityBytes(identity) },
    {
      direction: "ascending",
      pageSize: pageSize || 100,
      limit: limit || Number.POSITIVE_INFINITY,
      ...(after !== "" && { after }),
    },
  );
};

/**
 * Removes the identities of a connection, step by step, each step with its events, and returns how many it has removed. One
 * that ends early has removed those of its steps; the next one goes on. A request that came to its end is answered again
 * with the same number.
 */
export const deleteConnectionIdentities = async (
  request: DeleteConnectionIdentities,
  { identities, committer }: { readonly identities: IdentityReader; readonly committer: Committer },
  call: CallContext,
): Promise<number> => {
  const { connectionId, requestId } = request;
  const check = new FieldChecker();
  check.connectionId(connectionId);
  check.requestId(requestId);
  check.done();

  let deleted = 0;
  const answer: Mutation<number> = {
    lookups: [],
    ...requestKey("DeleteConnectionIdentities", request),
    apply: () => deleted,
  };
  const replay = await committer.findReplay(answer, call);
  if (replay) return replay.result;
  for (let after: string | undefined; ; ) {
    const from = after === undefined ? undefined : { id: after, inclusive: false };
    const part = { direction: "ascending", from, limit: step } as const;
    const { items, more, end } = await identities.ofConnection(connectionId, part, call.signal);
    if (items.length > 0) {
      const removal = removalOf(
        items.map(({ identity }) => identity),
        requestId,
      );
      deleted += await committer.run(removal, call);
    }
    if (!more) break;
    after = end;
  }
  return requestId === "" ? deleted : committer.run(answer, call);
};

/** Removes what is still there of some identities, and returns how many these are. */
const removalOf = (identities: readonly Identity[], requestId: string): Mutation<number> => ({
  lookups: identities.map(({ id }) => ({ table: "identities", key: "id", value: id })),
  ...(requestId !== "" && { stepOf: requestId }),
  apply: (draft) => {
    const there = identities.filter(({ id }) => draft.identities.find("id", id) !== undefined);
    for (const { id } of there) draft.identities.remove(id);
    return there.length;
  },
});
