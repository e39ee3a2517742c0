import type { TableSchema } from "./commit/table.js";
import type { Credential } from "./credential.js";
import {
  domainNotAvailable,
  emailNotAvailable,
  externalIdAlreadyUsed,
  membershipAlreadyExists,
  userIdAlreadyUsed,
} from "./error.js";
import { changeEvent, identityEvent } from "./events/change-event.js";
import type { Erasure } from "./erasure.js";
import type { Identity } from "./identity.js";
import type { Membership } from "./membership.js";
import type { Organization } from "./organization.js";
import type { User } from "./user.js";

/** The kinds of objects that the directory keeps. */
export interface Tables {
  users: User;
  credentials: Credential;
  identities: Identity;
  memberships: Membership;
  organizations: Organization;
  deletedUsers: DeletedUser;
  erasures: Erasure;
}

/** What is kept of a user who was deleted: the id, which no other user gets. */
export interface DeletedUser {
  readonly id: string;
  readonly revision: number;
}

/** The name of a kind of objects, and of its collection in the database. */
export type TableName = keyof Tables;

/** The rules of each kind. */
export const tables: { readonly [N in TableName]: TableSchema<Tables[N]> } = {
  users: {
    takesOthersAlong: true,
    unique: {
      normalizedEmail: { of: (user) => user.normalizedEmail, taken: (user) => emailNotAvailable(user.email) },
      foldedEmail: { of: (user) => user.foldedEmail, taken: (user) => emailNotAvailable(user.email) },
      externalId: { of: (user) => user.externalId, taken: (_, value) => externalIdAlreadyUsed("user", value) },
    },
    groups: { wantedEmail: ({ wantedEmail = "" }) => wantedEmail },
    event: (before, after) =>
      changeEvent("user", before, after, (user) => ({ user }), [
        "revision",
        "updatedAt",
        "normalizedEmail",
        "lastSignInAt",
        "foldedEmail",
        "wantedEmail",
        "emailIsWanted",
      ]),
  },
  credentials: { unique: {}, groups: {}, event: "told elsewhere" },
  identities: { unique: {}, groups: { userId: ({ userId }) => userId }, event: identityEvent },
  memberships: {
    unique: { pair: { of: ({ pair }) => pair, taken: membershipAlreadyExists } },
    groups: { userId: ({ userId }) => userId, organizationId: ({ organizationId }) => organizationId },
    event: (before, after) =>
      changeEvent("organization_membership", before, after, (membership) => ({ membership }), [
        "revision",
        "updatedAt",
        "organizationName",
      ]),
  },
  organizations: {
    takesOthersAlong: true,
    unique: {
      externalId: {
        of: ({ externalId }) => externalId,
        taken: (_, value) => externalIdAlreadyUsed("organization", value),
      },
      verifiedDomains: { of: ({ verifiedDomains }) => verifiedDomains, taken: (_, value) => domainNotAvailable(value) },
    },
    groups: {},
    event: (before, after) =>
      changeEvent("organization", before, after, (organization) => ({ organization }), [
        "revision",
        "updatedAt",
        "verifiedDomains",
      ]),
  },
  deletedUsers: {
    // As a key of its own it finds also those of whom only events still tell: versions before keep no deletion.
    unique: { formerId: { of: ({ id }) => id, taken: ({ id }) => userIdAlreadyUsed(id) } },
    groups: {},
    event: "told elsewhere",
  },
  erasures: { unique: {}, groups: {}, event: "told elsewhere" },
};

/** The rules of a kind, for code that treats all kinds alike. */
export const schemaOf = (name: TableName): TableSchema => tables[name] as unknown as TableSchema;

export const tableNames = Object.keys(tables) as TableName[];

/** Objects as they were read, by table. */
export type Loaded = { readonly [N in TableName]?: readonly Tables[N][] };
