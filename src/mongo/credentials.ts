import type { Db } from "mongodb";
import type { Credential } from "../directory/credential.js";
import type { CredentialReader } from "../directory/credential-reader.js";
import { coalescedFind } from "./coalesced-find.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";

const collection = "credentials";

/** Reads credentials from MongoDB. */
export const mongoCredentials = (db: Db): CredentialReader => ({
  byUserId: coalescedFind(db, collection, "_id"),

  async byUserIds(values, signal) {
    const documents = await findAllIn<DocumentOf<"credentials">>(db, { collection, field: "_id", values, signal });
    return documents.map(fromDocument) as Credential[];
  },
});
