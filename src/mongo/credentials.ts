import type { Db } from "mongodb";
import type { Credential } from "../directory/credential.js";
import type { CredentialReader } from "../directory/credential-reader.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";

/** Reads credentials from MongoDB. */
export const mongoCredentials = (db: Db): CredentialReader => {
  const find = async (values: readonly string[], signal?: AbortSignal) => {
    const by = { collection: "credentials", field: "_id", values, ...(signal && { signal }) };
    return (await findAllIn<DocumentOf<"credentials">>(db, by)).map(fromDocument) as Credential[];
  };
  const coalescer = new Coalescer<Credential>(async (values) => {
    return new Map((await find(values)).map((credential) => [credential.id, credential]));
  });
  return { byUserId: (userId) => coalescer.get(userId), byUserIds: find };
};
