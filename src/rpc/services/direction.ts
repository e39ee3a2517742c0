import { Order } from "../../../gen/ts/roster/v1/list.js";
import type { Direction } from "../../directory/lists/range.js";

/** The direction that an order asks for; undefined for an order that is not known. */
export const toDirection = (order: Order): Direction | undefined => {
  switch (order) {
    case Order.UNSPECIFIED:
    case Order.DESC:
      return "descending";
    case Order.ASC:
      return "ascending";
    default:
      return undefined;
  }
};
