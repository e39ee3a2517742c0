import type { ClientSession, Db } from "mongodb";
import type { Guard } from "../../directory/commit/working-set.js";
import { isId } from "../../directory/id.js";
import { runWrite } from "./write.js";

const guardsCollection = "guards";

/** How many guards an object has: many where servers that attach to the same one must rarely meet. */
const shardsOf = (id: string): number => (isId("org", id) ? 16 : 1);
/** A guard matters only to transactions that run at the same time; this is far longer than one can. */
const lifetimeMs = 60 * 60 * 1_000;

/**
 * A transaction writes one of the guards of an object to attach something to it, and all of them to delete it. So two
 * that must not both commit write the same document, and the database refuses one.
 */
export const writeGuards = async (
  db: Db,
  session: ClientSession,
  guards: ReadonlyMap<string, Guard>,
  now: Date,
): Promise<void> => {
  if (guards.size === 0) return;
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  const ids = [...guards].flatMap(([id, as]) =>
    as === "deletes" ? allOf(id) : [nameOf(id, Math.floor(Math.random() * shardsOf(id)))],
  );
  // In one order everywhere, though nobody waits: the one who comes second is refused at once.
  const updates = ids.toSorted().map((_id) => ({ q: { _id }, u: { $set: { expiresAt } }, upsert: true }));
  await runWrite(db, session, { update: guardsCollection, updates }, updates.length);
};

const allOf = (id: string): string[] => Array.from({ length: shardsOf(id) }, (_, shard) => nameOf(id, shard));

const nameOf = (id: string, shard: number): string => `${id}/${shard}`;
