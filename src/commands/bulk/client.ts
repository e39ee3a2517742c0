import { credentials, type ServiceError, status } from "@grpc/grpc-js";
import { UserServiceClient } from "../../../gen/ts/roster/v1/user_service.js";
import { settings } from "../../config/settings.js";
import { sendApiKey } from "../api-key.js";
import { CommandError, exitCodes } from "./command-error.js";

/** The server's address when no other is given: where a server of the same environment listens. */
export const defaultAddress = (): string => process.env.ROSTER_LISTEN || String(settings.listen.default);

/** A client for one long call. A server that vanishes without a word is noticed by pings. */
export const connect = (address: string): UserServiceClient =>
  new UserServiceClient(address, credentials.createInsecure(), {
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_timeout_ms": 20_000,
    interceptors: sendApiKey(),
  });

/** The end of a command whose call failed. */
export const callFailed = (address: string, error: ServiceError): CommandError => {
  const message =
    error.code === status.UNAVAILABLE
      ? `the server at ${address} cannot be reached, or went away: ${error.details.replace(/ Resolution note:.*$/, "")}`
      : `the call failed: ${status[error.code]}: ${error.details}`;
  return new CommandError(message, exitCodes.callFailed, { cause: error });
};

/** Whether a call failed before anything was sent, in the words of grpc-js. */
export const neverConnected = ({ code, details }: ServiceError): boolean =>
  code === status.UNAVAILABLE && details.startsWith("No connection established");

/** Whether an error is the status that a call ended with. */
export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && "code" in error && typeof error.code === "number" && "details" in error;
