import type { Change } from "../../directory/commit/working-set.js";
import { schemaOf, type Tables } from "../../directory/tables.js";
import { savePending } from "../commit/outbox.js";
import { writeChanges } from "../commit/write.js";
import { type DocumentOf, fromDocument } from "../documents.js";
import { findAllIn, findOnce } from "../find.js";
import type { Migration } from "./migration.js";

const objectsInStep = 500;

/**
 * Deletes the objects of a table whose user is gone. Servers of versions without organizations delete a user alone, and
 * leave what newer servers have attached to it.
 */
export const ofDeletedUsers = (id: string, table: "identities" | "memberships"): Migration => ({
  id,
  description: `delete ${table} of users whom servers of older versions have deleted`,
  olderServers: "may start",

  async step(db, session, position = "") {
    const { documents, complete } = await findOnce<DocumentOf<typeof table>>(db, {
      collection: table,
      filter: { _id: { $gt: position } },
      sort: { _id: 1 },
      limit: objectsInStep,
      session,
    });
    const userIds = [...new Set(documents.map(({ userId }) => userId))];
    const users = await findAllIn<{ _id: string }>(db, {
      collection: "users",
      field: "_id",
      values: userIds,
      projection: { _id: 1 },
      session,
    });
    const there = new Set(users.map(({ _id }) => _id));
    const left = documents.filter(({ userId }) => !there.has(userId)).map(fromDocument) as Tables[typeof table][];
    const deletions = left.map((before): Change => ({ table, before, after: undefined }));
    await writeChanges(db, session, deletions);
    const { event } = schemaOf(table);
    if (event !== "told elsewhere") {
      const events = left.flatMap((before) => event(before, undefined) ?? []);
      await savePending(db, session, events);
    }
    return complete && documents.length < objectsInStep ? undefined : documents.at(-1)?._id;
  },
});
