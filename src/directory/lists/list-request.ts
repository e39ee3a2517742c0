import type { FieldChecker } from "../field-checker.js";
import type { IdPrefix } from "../id.js";
import type { Direction } from "./range.js";

/** The fields that every list takes. Empty texts and zeros are the same as absent. */
export interface ListRequest {
  readonly pageSize: number;
  readonly limit: number;
  /** Undefined: a value that is not known. */
  readonly order: Direction | undefined;
  readonly after: string;
  readonly before: string;
}

/** The part of a list that a request asks for: the one page in front of `before`, or else all pages behind `after`. */
export interface ListPart {
  readonly direction: Direction;
  readonly pageSize: number;
  /** Most objects in all pages together; Infinity without a limit. */
  readonly limit: number;
  readonly after?: string;
  readonly before?: string;
}

/** One page of a list, with the cursors of its two ends; each is absent where the list ends. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly before?: string;
  readonly after?: string;
}

const defaultPageSize = 100;
const maxPageSize = 1_000;

/** Checks the common fields of a list whose cursors are ids with this prefix. The answer holds once `check` is done. */
export const checkListRequest = (check: FieldChecker, prefix: IdPrefix, request: ListRequest): ListPart => {
  const { pageSize, limit, order, after, before } = request;
  if (pageSize !== 0) check.range("page_size", pageSize, 1, maxPageSize);
  const maxLimit = before === "" ? Number.MAX_SAFE_INTEGER : maxPageSize;
  if (limit < 0 || limit > maxLimit) {
    check.fail("limit", before === "" ? "must not be negative" : `must be 0-${maxLimit} together with before`);
  }
  if (order === undefined) check.fail("order", "must be ORDER_DESC or ORDER_ASC");
  if (after !== "") check.id(prefix, "after", after);
  if (before !== "") check.id(prefix, "before", before);
  if (after !== "" && before !== "") check.fail("before", "must not be given together with after");

  return {
    direction: order ?? "descending",
    pageSize: pageSize || defaultPageSize,
    limit: limit || Number.POSITIVE_INFINITY,
    ...(after !== "" && { after }),
    ...(before !== "" && { before }),
  };
};
