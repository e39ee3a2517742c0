import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { Any } from "../../gen/ts/google/protobuf/any.js";
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from "../../gen/ts/google/rpc/error_details.js";
import { Status } from "../../gen/ts/google/rpc/status.js";
import { ErrorReason, RosterError } from "../directory/error.js";

const domain = "roster";
/** The metadata that holds the details of an error. */
export const detailsKey = "grpc-status-details-bin";

/** The status code of each reason. */
export const codes: Readonly<Record<Exclude<ErrorReason, ErrorReason.UNSPECIFIED | ErrorReason.UNRECOGNIZED>, status>> =
  {
    [ErrorReason.INVALID_REQUEST]: status.INVALID_ARGUMENT,
    [ErrorReason.MALFORMED_REQUEST]: status.INVALID_ARGUMENT,
    [ErrorReason.MESSAGE_TOO_LARGE]: status.RESOURCE_EXHAUSTED,
    [ErrorReason.USER_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.EMAIL_NOT_AVAILABLE]: status.ALREADY_EXISTS,
    [ErrorReason.EXTERNAL_ID_ALREADY_USED]: status.ALREADY_EXISTS,
    [ErrorReason.REVISION_MISMATCH]: status.ABORTED,
    [ErrorReason.REQUEST_ID_REUSED]: status.INVALID_ARGUMENT,
    [ErrorReason.CONFLICT]: status.ABORTED,
    [ErrorReason.DATABASE_UNAVAILABLE]: status.UNAVAILABLE,
    [ErrorReason.SHUTTING_DOWN]: status.UNAVAILABLE,
    [ErrorReason.DEADLINE_EXCEEDED]: status.DEADLINE_EXCEEDED,
    [ErrorReason.CANCELLED]: status.CANCELLED,
    [ErrorReason.INTERNAL]: status.INTERNAL,
    [ErrorReason.OVERLOADED]: status.RESOURCE_EXHAUSTED,
    [ErrorReason.SERVICE_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.CURSOR_EXPIRED]: status.OUT_OF_RANGE,
    [ErrorReason.PASSWORD_TOO_WEAK]: status.INVALID_ARGUMENT,
    [ErrorReason.INVALID_PASSWORD_HASH]: status.INVALID_ARGUMENT,
    [ErrorReason.PASSWORD_AND_HASH_GIVEN]: status.INVALID_ARGUMENT,
    [ErrorReason.SALT_POSITION_NOT_ALLOWED]: status.INVALID_ARGUMENT,
    [ErrorReason.HASHING_OVERLOADED]: status.RESOURCE_EXHAUSTED,
    [ErrorReason.INVALID_CREDENTIALS]: status.UNAUTHENTICATED,
    [ErrorReason.TOO_MANY_ATTEMPTS]: status.RESOURCE_EXHAUSTED,
    [ErrorReason.ORGANIZATION_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.DOMAIN_NOT_AVAILABLE]: status.ALREADY_EXISTS,
    [ErrorReason.ORGANIZATION_MEMBERSHIP_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS]: status.ALREADY_EXISTS,
    [ErrorReason.ORGANIZATION_MEMBERSHIP_PENDING]: status.FAILED_PRECONDITION,
    [ErrorReason.ORGANIZATION_MEMBERSHIP_INACTIVE]: status.FAILED_PRECONDITION,
    [ErrorReason.IDENTITY_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.DOMAIN_NOT_VERIFIED]: status.FAILED_PRECONDITION,
    [ErrorReason.EMAIL_NOT_VERIFIED]: status.FAILED_PRECONDITION,
    [ErrorReason.USER_ID_ALREADY_USED]: status.ALREADY_EXISTS,
    [ErrorReason.CALLER_NOT_AUTHENTICATED]: status.UNAUTHENTICATED,
    [ErrorReason.INVALID_API_KEY]: status.UNAUTHENTICATED,
    [ErrorReason.API_KEY_EXPIRED]: status.UNAUTHENTICATED,
    [ErrorReason.API_KEY_REVOKED]: status.UNAUTHENTICATED,
    [ErrorReason.PERMISSION_DENIED]: status.PERMISSION_DENIED,
    [ErrorReason.API_KEY_NOT_FOUND]: status.NOT_FOUND,
    [ErrorReason.TOO_MANY_CALLS]: status.RESOURCE_EXHAUSTED,
    [ErrorReason.TOO_MANY_IDENTITIES]: status.FAILED_PRECONDITION,
    [ErrorReason.USER_INACTIVE]: status.FAILED_PRECONDITION,
  };

/** Any error as one of the directory: what is not one becomes INTERNAL, with the error as its cause. */
export const asRosterError = (error: unknown): RosterError =>
  error instanceof RosterError ? error : new RosterError(ErrorReason.INTERNAL, "internal error", { cause: error });

const errors = new WeakMap<Metadata, RosterError>();

/** The error that a status was made of, by its metadata; undefined where grpc-js has made the status. */
export const errorOf = (metadata: Metadata | null | undefined): RosterError | undefined =>
  metadata ? errors.get(metadata) : undefined;

/** The status that a client gets, with its details. */
export const toStatus = (error: RosterError): StatusObject => {
  const code = codes[error.reason as keyof typeof codes];
  // A lone surrogate in a header would end the process.
  const message = error.message.toWellFormed();
  const metadata = new Metadata();
  metadata.set(detailsKey, encodeDetails(code, message, error));
  errors.set(metadata, error);
  return { code, details: message, metadata };
};

const encodeDetails = (code: status, message: string, { reason, details }: RosterError): Buffer => {
  const { metadata = {}, violations, resource, retryAfterMs } = details;
  const packed = [
    pack("ErrorInfo", ErrorInfo, {
      reason: ErrorReason[reason],
      domain,
      metadata: new Map(Object.entries(metadata).map(([key, value]) => [key, value.toWellFormed()])),
    }),
  ];
  if (violations) {
    const fieldViolations = violations.map(({ field, description }) => ({
      field: field.toWellFormed(),
      description,
      reason: "",
      localizedMessage: undefined,
    }));
    packed.push(pack("BadRequest", BadRequest, { fieldViolations }));
  }
  if (resource) {
    const { type, name } = resource;
    packed.push(
      pack("ResourceInfo", ResourceInfo, {
        resourceType: type,
        resourceName: name.toWellFormed(),
        owner: "",
        description: "",
      }),
    );
  }
  if (retryAfterMs !== undefined) {
    const retryDelay = { seconds: BigInt(Math.floor(retryAfterMs / 1_000)), nanos: (retryAfterMs % 1_000) * 1_000_000 };
    packed.push(pack("RetryInfo", RetryInfo, { retryDelay }));
  }
  return Buffer.from(Status.encode({ code, message, details: packed }).finish());
};

const pack = <T>(name: string, type: { encode(message: T): { finish(): Uint8Array } }, message: T): Any => ({
  typeUrl: `type.googleapis.com/google.rpc.${name}`,
  value: Buffer.from(type.encode(message).finish()),
});
