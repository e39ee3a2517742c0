import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";

export { ErrorReason };

/** One field of a request that breaks its rules. */
export interface FieldViolation {
  /** Path in the request, in proto spelling: `first_name`, `ids[3]`, `metadata["key"]`. */
  field: string;
  /** What is wrong and what is allowed. */
  description: string;
}

/** The object that an error is about. */
export interface ErrorResource {
  type: "user";
  /** What the caller knows it by. */
  name: string;
}

interface ErrorDetails {
  /** Machine-readable facts. Never a secret. */
  metadata?: Record<string, string>;
  violations?: FieldViolation[];
  resource?: ErrorResource;
  /** How long a client should wait before it tries again. */
  retryAfterMs?: number;
  /** What went wrong inside. Logged, never sent. */
  cause?: unknown;
}

/** The one error that leaves the directory. Everything in it but `cause` is meant for the caller. */
export class RosterError extends Error {
  override readonly name = "RosterError";
  readonly reason: ErrorReason;
  readonly details: ErrorDetails;

  constructor(reason: ErrorReason, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.reason = reason;
    this.details = details;
  }
}

// Clients refuse trailers of more than about 8 KiB.
const maxViolations = 30;

/** A request that breaks the rules of its fields; holds every violation, or the first 30 and how many were left out. */
export const invalidRequest = (all: FieldViolation[]): RosterError => {
  const [first] = all;
  const rest = all.length > 1 ? ` (and ${all.length - 1} more)` : "";
  const omitted = all.length - maxViolations;
  return new RosterError(ErrorReason.INVALID_REQUEST, `${first?.field}: ${first?.description}${rest}`, {
    violations: all.slice(0, maxViolations),
    ...(omitted > 0 && { metadata: { omitted_violations: String(omitted) } }),
  });
};

/** No user has the `value` in `field` (proto spelling). */
export const userNotFound = (field: "id" | "external_id" | "email", value: string): RosterError =>
  new RosterError(ErrorReason.USER_NOT_FOUND, `no user has this ${field}`, {
    metadata: { [field]: value },
    resource: { type: "user", name: value },
  });

/** Another user has this email. */
export const emailNotAvailable = (email: string): RosterError =>
  new RosterError(ErrorReason.EMAIL_NOT_AVAILABLE, "another user has this email", {
    metadata: { email },
    resource: { type: "user", name: email },
  });

/** Another user has this external id. */
export const externalIdAlreadyUsed = (externalId: string): RosterError =>
  new RosterError(ErrorReason.EXTERNAL_ID_ALREADY_USED, "another user has this external_id", {
    metadata: { external_id: externalId },
    resource: { type: "user", name: externalId },
  });

/** The object has moved on from the revision that the caller expected. */
export const revisionMismatch = (current: number): RosterError =>
  new RosterError(ErrorReason.REVISION_MISMATCH, `expected_revision does not match: the revision is ${current}`, {
    metadata: { current_revision: String(current) },
  });

/** Events behind this cursor are gone. */
export const cursorExpired = (after: string): RosterError =>
  new RosterError(
    ErrorReason.CURSOR_EXPIRED,
    "the cursor is from before the oldest event that is kept; list the users and watch from now",
    { metadata: { after } },
  );

/** The request id was used for another request. */
export const requestIdReused = (requestId: string): RosterError =>
  new RosterError(ErrorReason.REQUEST_ID_REUSED, "this request_id was used for another request within 24 hours", {
    metadata: { request_id: requestId },
    violations: [{ field: "request_id", description: "was used for another request within 24 hours" }],
  });
