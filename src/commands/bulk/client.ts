import { type ServiceError, status } from "@grpc/grpc-js";
import { UserServiceClient } from "../../../gen/ts/roster/v1/user_service.js";
import { takeGrpcLog } from "../../grpc-log.js";
import { sendApiKey } from "../send-api-key.js";
import { CommandError, exitCodes } from "../command-error.js";
import type { ServerTarget } from "./server-options.js";

/** A client for one long call. A server that vanishes without a word is noticed by pings. */
export const connect = ({ address, credentials, options }: ServerTarget): UserServiceClient => {
  takeGrpcLog();
  return new UserServiceClient(address, credentials, {
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_timeout_ms": 20_000,
    interceptors: sendApiKey(),
    ...options,
  });
};

/** The end of a command whose call failed. */
export const callFailed = ({ address }: ServerTarget, error: ServiceError): CommandError => {
  const message =
    error.code === status.UNAVAILABLE
      ? `the server at ${address} cannot be reached, or went away: ${unreachable(error)}`
      : `the call failed: ${status[error.code]}: ${error.details}`;
  return new CommandError(message, exitCodes.callFailed, { cause: error });
};

const unreachable = ({ details }: ServiceError): string => {
  const reason = details
    .replace(/ Resolution note:.*$/, "")
    // OpenSSL's own way to say it.
    .replace(/\w+:error:\w+:SSL routines:\w*:([\w ]+):\S+ (?:alert number \d+\s*)?/, "$1 ");
  // All that is said of a server that ends a connection in plaintext.
  return reason.includes("Last error: Failed to connect")
    ? `${reason} If it speaks TLS, see --tls and --tls-ca.`
    : reason;
};

/** Whether a call failed before anything was sent, in the words of grpc-js. */
export const neverConnected = ({ code, details }: ServiceError): boolean =>
  code === status.UNAVAILABLE && details.startsWith("No connection established");

/** Whether an error is the status that a call ended with. */
export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && "code" in error && typeof error.code === "number" && "details" in error;
