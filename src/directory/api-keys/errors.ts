import { ErrorReason, RosterError } from "../error.js";
import type { Scope } from "./scope.js";

/** The call shows nothing by which its caller is known. */
export const callerNotAuthenticated = (): RosterError =>
  new RosterError(
    ErrorReason.CALLER_NOT_AUTHENTICATED,
    "who calls? Send an API key as metadata: authorization: Bearer sk_...",
  );

/** The call shows something that is no API key, or not one that is known. */
export const invalidApiKey = (): RosterError =>
  new RosterError(ErrorReason.INVALID_API_KEY, "authorization must be Bearer and an API key that this directory knows");

/** The secret was right, but too late. */
export const apiKeyExpired = (id: string): RosterError =>
  new RosterError(ErrorReason.API_KEY_EXPIRED, "the API key has expired", { metadata: { id } });

/** The secret was right, and is not any more. */
export const apiKeyRevoked = (id: string): RosterError =>
  new RosterError(ErrorReason.API_KEY_REVOKED, "the API key was revoked", { metadata: { id } });

/** The caller may not do this. */
export const permissionDenied = (scope: Scope): RosterError =>
  new RosterError(ErrorReason.PERMISSION_DENIED, `the caller needs the scope ${scope}`, { metadata: { scope } });

/** No API key has this id. */
export const apiKeyNotFound = (id: string): RosterError =>
  new RosterError(ErrorReason.API_KEY_NOT_FOUND, "no API key has this id", {
    metadata: { id },
    resource: { type: "api_key", name: id },
  });
