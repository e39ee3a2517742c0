import type { Db } from "mongodb";
import type { ObjectReader } from "../directory/commit/object-reader.js";
import { load } from "./commit/load.js";
import { toRosterError } from "./error.js";

/** Reads objects of all kinds from MongoDB. */
export const mongoObjects = (db: Db): ObjectReader => ({
  async read(lookups) {
    try {
      return await load(db, undefined, lookups);
    } catch (error) {
      throw toRosterError(error);
    }
  },
});
