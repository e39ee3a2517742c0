import type { IdPrefix } from "./id.js";

/**
 * The time by which everything that is stored is decided and dated: the database's. A server's own clock has no part in it,
 * so one that is wrong does no harm. Mutations get it from their draft; what else needs it is given one.
 */
export interface Clock {
  /** To the millisecond. Goes back only where the database's clock does. */
  now(): Date;
  /** A new id, of the time of now. It sorts after all that this clock has made, also when its time has gone back. */
  readonly newId: (prefix: IdPrefix) => string;
}
