import * as v1 from "../../../gen/ts/roster/v1/authentication_service.js";
import type { Authenticator } from "../../directory/authenticator.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { toUserMessage } from "./user-message.js";

/** `roster.v1.AuthenticationService`. */
export const authenticationService = (
  authenticator: Authenticator,
  adapter: Adapter,
): Record<keyof v1.AuthenticationServiceService, Method> => ({
  authenticateWithPassword: method(
    v1.AuthenticateWithPasswordRequest,
    v1.AuthenticateWithPasswordResponse,
    adapter.unary(async (request, call) => ({
      user: toUserMessage(await authenticator.authenticate(request, call)),
    })),
  ),
  clearFailedAttempts: method(
    v1.ClearFailedAttemptsRequest,
    v1.ClearFailedAttemptsResponse,
    adapter.unary(async (request) => {
      await authenticator.clearFailedAttempts(request);
      return {};
    }),
  ),
  verifyPassword: method(
    v1.VerifyPasswordRequest,
    v1.VerifyPasswordResponse,
    adapter.unary(async (request, call) => ({ verified: await authenticator.verify(request, call) })),
  ),
});
