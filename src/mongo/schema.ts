import type { CollationOptions, Db, IndexDescription } from "mongodb";

/** Types of sign-ins that may have found no user. */
export const failedSignIns: readonly string[] = ["authentication.password_failed", "authentication.sso_failed"];

/** Takes all spellings of an email that are one by folding for the same, and a few more. */
export const emailCollation: CollationOptions = { locale: "en", strength: 2, normalization: true };

/** The collections and their indexes. The unique keys are those of `directory/tables.ts`. */
const collections: Readonly<Record<string, IndexDescription[]>> = {
  users: [
    unique("externalId"),
    unique("normalizedEmail"),
    unique("foldedEmail"),
    // Few: those whose email is another user's as well.
    { name: "wantedEmail", key: { wantedEmail: 1 }, partialFilterExpression: { wantedEmail: { $exists: true } } },
    grouping("status"),
  ],
  credentials: [],
  deletedUsers: [],
  // Few: what is yet to be erased.
  erasures: [],
  identities: [grouping("userId"), { name: "connection", key: { connectionId: 1, idpId: 1 } }],
  memberships: [
    unique("pair"),
    // For lists of each kind, in the order of their ids.
    { name: "userId", key: { userId: 1, status: 1, _id: 1 } },
    { name: "organizationId", key: { organizationId: 1, status: 1, _id: 1 } },
    { name: "members", key: { organizationId: 1, status: 1, userId: 1 } },
  ],
  organizations: [unique("externalId"), unique("verifiedDomains"), grouping("domains.domain")],
  guards: [{ name: "expiresAt", key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  attempts: [{ name: "expiresAt", key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  outbox: [{ name: "order", key: { order: 1, _id: 1 } }],
  events: [
    { name: "last", key: { last: 1 }, unique: true },
    { name: "userIds", key: { userIds: 1, _id: 1 } },
    { name: "organizationIds", key: { organizationIds: 1, _id: 1 } },
    { name: "types", key: { types: 1, _id: 1 } },
    // Sign-ins that found nobody are looked for by the email alone.
    {
      name: "failedEmails",
      key: { "events.authentication.email": 1, _id: 1 },
      collation: emailCollation,
      partialFilterExpression: { types: { $in: failedSignIns } },
    },
    { name: "erasedAt", key: { erasedAt: 1 }, sparse: true },
  ],
  servers: [],
  apiKeys: [],
  requests: [
    { name: "expiresAt", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    // Answers about a user.
    ...["result.id", "result.user.id", "result.userId"].map((field) => ({
      name: field,
      key: { [field]: 1 },
      sparse: true,
    })),
  ],
};

/**
 * Creates what is not there yet. Safe to run at every start, by several servers at once. Returns whether the database is
 * new: to one of them, the one that has created its users.
 */
export const createSchema = async (db: Db): Promise<boolean> => {
  const created = new Set<string>();
  await Promise.all(
    Object.entries(collections).map(async ([name, indexes]) => {
      await db.createCollection(name).then(() => created.add(name), ignoreExisting);
      if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
    }),
  );
  return created.has("users");
};

function grouping(field: string): IndexDescription {
  return { name: field, key: { [field]: 1, _id: 1 } };
}

function unique(field: string): IndexDescription {
  return {
    name: field,
    key: { [field]: 1 },
    unique: true,
    partialFilterExpression: { [field]: { $exists: true } },
  };
}

const namespaceExists = 48;

const ignoreExisting = (error: { code?: unknown }): void => {
  if (error.code !== namespaceExists) throw error;
};
