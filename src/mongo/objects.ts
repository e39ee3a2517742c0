import type { Db } from "mongodb";
import type { ObjectReader } from "../directory/commit/object-reader.js";
import { load } from "./commit/load.js";
import { withRosterErrors } from "./error.js";

/** Reads objects of all kinds from MongoDB. */
export const mongoObjects = (db: Db): ObjectReader => ({
  read: (lookups) => withRosterErrors(load(db, {}, lookups)),
});
