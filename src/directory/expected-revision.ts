import type { Entity } from "./commit/table.js";
import { revisionMismatch } from "./error.js";
import type { FieldChecker } from "./field-checker.js";

/** Checks the revision that a request expects; undefined is none. */
export const checkExpectedRevision = (check: FieldChecker, expected: bigint | undefined): void => {
  if (expected !== undefined && expected < 1n) check.fail("expected_revision", "must be 1 or more");
};

/** Throws REVISION_MISMATCH when the object is not at the revision that a request expects. */
export const requireRevision = ({ revision }: Entity, expected: bigint | undefined): void => {
  if (expected !== undefined && expected !== BigInt(revision)) throw revisionMismatch(revision);
};
