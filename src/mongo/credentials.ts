import type { Db } from "mongodb";
import type { Credential } from "../directory/credential.js";
import type { CredentialReader } from "../directory/credential-reader.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";

/** Reads credentials from MongoDB. */
export const mongoCredentials = (db: Db): CredentialReader => {
  const coalescer = new Coalescer<Credential>(async (values) => {
    const found = await findAllIn<DocumentOf<"credentials">>(db, { collection: "credentials", field: "_id", values });
    return new Map(found.map((document) => [document._id, fromDocument(document)]));
  });
  return { byUserId: (userId) => coalescer.get(userId) };
};
