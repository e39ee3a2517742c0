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
  type: "user" | "organization" | "organization_membership" | "identity" | "api_key";
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

// Clients refuse trailers of more than about 8 KiB. Base64 adds a third to the violations, and the first one is in the
// message as well, where most characters may take three bytes.
const maxViolations = 30;
const maxViolationsBytes = 3_584;
// What the encoding of one takes beside its texts.
const violationBytes = 8;

/**
 * A request that breaks the rules of its fields; holds every violation, or as many of the first ones as fit, and how many
 * were left out.
 */
export const invalidRequest = (all: FieldViolation[]): RosterError => {
  const [first] = all;
  const rest = all.length > 1 ? ` (and ${all.length - 1} more)` : "";
  const violations = firstThatFit(all);
  const omitted = all.length - violations.length;
  return new RosterError(ErrorReason.INVALID_REQUEST, `${first?.field}: ${first?.description}${rest}`, {
    violations,
    ...(omitted > 0 && { metadata: { omitted_violations: String(omitted) } }),
  });
};

// At least one: a field names at most 40 characters of the request, and a description none, so one has some hundred bytes.
const firstThatFit = (all: readonly FieldViolation[]): FieldViolation[] => {
  let bytes = 0;
  const end = all.slice(0, maxViolations).findIndex(({ field, description }) => {
    bytes += violationBytes + Buffer.byteLength(field) + Buffer.byteLength(description);
    return bytes > maxViolationsBytes;
  });
  return all.slice(0, end === -1 ? maxViolations : Math.max(1, end));
};

/** No user has the `value` in `field` (proto spelling). */
export const userNotFound = (field: "id" | "user_id" | "external_id" | "email", value: string): RosterError =>
  new RosterError(ErrorReason.USER_NOT_FOUND, `no user has this ${field}`, {
    metadata: { [field]: value },
    resource: { type: "user", name: value },
  });

/** Another user has the id that a row of an import brings, or a deleted one had it. */
export const userIdAlreadyUsed = (id: string): RosterError =>
  new RosterError(ErrorReason.USER_ID_ALREADY_USED, "another user has this id, or had it", {
    metadata: { id },
    resource: { type: "user", name: id },
  });

/** Another user has this email. */
export const emailNotAvailable = (email: string): RosterError =>
  new RosterError(ErrorReason.EMAIL_NOT_AVAILABLE, "another user has this email", {
    metadata: { email },
    resource: { type: "user", name: email },
  });

/** Another object of this kind has this external id. */
export const externalIdAlreadyUsed = (type: "user" | "organization", externalId: string): RosterError =>
  new RosterError(ErrorReason.EXTERNAL_ID_ALREADY_USED, `another ${type} has this external_id`, {
    metadata: { external_id: externalId },
    resource: { type, name: externalId },
  });

/** No organization has the `value` in `field` (proto spelling). */
export const organizationNotFound = (field: "id" | "external_id" | "organization_id", value: string): RosterError =>
  new RosterError(ErrorReason.ORGANIZATION_NOT_FOUND, `no organization has this ${field}`, {
    metadata: { [field]: value },
    resource: { type: "organization", name: value },
  });

/** Another organization has verified this domain. */
export const domainNotAvailable = (domain: string): RosterError =>
  new RosterError(ErrorReason.DOMAIN_NOT_AVAILABLE, "another organization has verified this domain", {
    metadata: { domain },
    resource: { type: "organization", name: domain },
  });

/** No membership has this id. */
export const membershipNotFound = (id: string): RosterError =>
  new RosterError(ErrorReason.ORGANIZATION_MEMBERSHIP_NOT_FOUND, "no organization membership has this id", {
    metadata: { id },
    resource: { type: "organization_membership", name: id },
  });

/** The user of this membership has one in the organization already. */
export const membershipAlreadyExists = ({ id }: { readonly id: string }): RosterError =>
  new RosterError(
    ErrorReason.ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS,
    "the user has a membership in this organization",
    { metadata: { id }, resource: { type: "organization_membership", name: id } },
  );

/** A change that a pending membership does not allow. */
export const membershipPending = (id: string): RosterError =>
  new RosterError(ErrorReason.ORGANIZATION_MEMBERSHIP_PENDING, "the organization membership is pending", {
    metadata: { id },
  });

/** Somebody comes whose membership was deactivated. */
export const membershipInactive = (id: string): RosterError =>
  new RosterError(
    ErrorReason.ORGANIZATION_MEMBERSHIP_INACTIVE,
    "the user's membership in this organization is inactive; reactivate it first",
    { metadata: { id } },
  );

/** The user has no such identity, or nobody has. */
export const identityNotFound = (connectionId: string, idpId: string, whose = "the user has no"): RosterError =>
  new RosterError(ErrorReason.IDENTITY_NOT_FOUND, `${whose} identity with this connection_id and idp_id`, {
    metadata: { connection_id: connectionId, idp_id: idpId },
    resource: { type: "identity", name: `${connectionId}/${idpId}` },
  });

/** Nothing shows that somebody with an email of this domain belongs to the organization. */
export const domainNotVerified = (domain: string): RosterError =>
  new RosterError(
    ErrorReason.DOMAIN_NOT_VERIFIED,
    "the organization has not verified the domain of this email, and no member of it has the email",
    { metadata: { domain } },
  );

/** The member with this email has not shown that it is theirs. */
export const emailNotVerified = (email: string): RosterError =>
  new RosterError(
    ErrorReason.EMAIL_NOT_VERIFIED,
    "the organization has not verified the domain of this email, and the member who has the email has not verified it",
    { metadata: { email } },
  );

/** The user signs in by no way. */
export const userInactive = (id: string): RosterError =>
  new RosterError(ErrorReason.USER_INACTIVE, "the user is inactive", { metadata: { id } });

/** A user may have `max` identities, and has them. */
export const tooManyIdentities = (max: number): RosterError =>
  new RosterError(
    ErrorReason.TOO_MANY_IDENTITIES,
    `the user has ${max} identities, which is as many as a user may have`,
    {
      metadata: { max_identities: String(max) },
    },
  );

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
