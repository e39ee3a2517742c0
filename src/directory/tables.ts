import type { Entity, TableSchema } from "./commit/table.js";
import { emailNotAvailable, externalIdAlreadyUsed } from "./error.js";
import type { Credential } from "./credential.js";
import { userEvent } from "./events/user-event.js";
import type { User } from "./user.js";

/** The kinds of objects that the directory keeps. */
export interface Tables {
  users: User;
  credentials: Credential;
}

export type TableName = keyof Tables;

/** The rules of each kind. */
export const tables: { readonly [N in TableName]: TableSchema<Tables[N]> } = {
  users: {
    unique: {
      normalizedEmail: { of: (user) => user.normalizedEmail, taken: (user) => emailNotAvailable(user.email) },
      externalId: { of: (user) => user.externalId, taken: (user) => externalIdAlreadyUsed(user.externalId ?? "") },
    },
    event: userEvent,
  },
  credentials: { unique: {}, event: "told elsewhere" },
};

/** The rules of a kind, for code that treats all kinds alike. */
export const schemaOf = (name: TableName): TableSchema => tables[name] as unknown as TableSchema;

export const tableNames = Object.keys(tables) as TableName[];

/** Objects as they were read, by table. */
export type Loaded = { readonly [N in TableName]?: readonly Tables[N][] };

export type { Entity };
