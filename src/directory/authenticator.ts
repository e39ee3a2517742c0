import { isIP } from "node:net";
import { maxTypedBytes, type PasswordHasher } from "../passwords/index.js";
import type { Attempt, Attempts } from "./attempts.js";
import type { CallContext } from "./call-context.js";
import type { Committer, Mutation } from "./commit/mutation.js";
import type { Credential } from "./credential.js";
import type { CredentialReader } from "./credential-reader.js";
import { ErrorReason, RosterError, userNotFound } from "./error.js";
import type { Authentication } from "./events/authentication.js";
import { FieldChecker } from "./field-checker.js";
import { orOverloaded } from "./new-password.js";
import { type SignIn, signIn } from "./sign-in.js";
import type { User } from "./user.js";
import type { UserReader } from "./user-reader.js";

/** What `AuthenticateWithPassword` takes. */
export interface AuthenticateWithPassword {
  readonly email: string;
  readonly password: string;
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** What `VerifyPassword` takes. */
export interface VerifyPassword {
  readonly userId: string;
  readonly password: string;
}

/** What the authenticator works with. */
export interface AuthenticatorParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly attempts: Attempts;
  readonly committer: Committer;
  readonly hasher: PasswordHasher;
}

// The longest IPv6 address, and the name of a network interface behind it.
const maxIpCharacters = 64;
// A credential changes under a sign-in when another sign-in upgrades its hash at the same time, or the user changes it.
const maxTries = 3;

/** Checks passwords: the same work and the same answer for a wrong password, no password and no user. */
export class Authenticator {
  readonly #parts: AuthenticatorParts;

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts;
  }

  /** Signs a user in, or throws INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS or HASHING_OVERLOADED. */
  async authenticate(request: AuthenticateWithPassword, call: CallContext): Promise<User> {
    const { email, password, ipAddress, userAgent } = request;
    const check = new FieldChecker();
    const { address, normalized } = check.email("email", email);
    checkPassword(check, password);
    if (ipAddress && (ipAddress.length > maxIpCharacters || isIP(ipAddress) === 0)) {
      check.fail("ip_address", "must be an IPv4 or IPv6 address");
    }
    if (userAgent) check.text("user_agent", userAgent, 1_024);
    check.done();

    const about = { email: address, ...(ipAddress && { ipAddress }), ...(userAgent && { userAgent }) };
    return this.#attempt(normalized, async (attempt) => {
      for (let tries = 1; tries <= maxTries; tries++) {
        const user = await this.#parts.users.byNormalizedEmail(normalized);
        const credential = await this.#verified(user, password, call.signal);
        if (user === undefined || credential === undefined) break;
        const upgraded = await this.#upgraded(credential, password, call.signal);
        const change: SignIn = { userId: user.id, credential, upgraded, about: { ...about, userId: user.id } };
        const signedIn = await this.#parts.committer.run(signIn(change), call);
        if (signedIn === undefined) continue;
        await attempt.succeeded();
        return signedIn;
      }
      await this.#tellFailure(normalized, about, call);
      throw new RosterError(ErrorReason.INVALID_CREDENTIALS, "the email and the password do not belong together");
    });
  }

  /** Whether the password is the user's. */
  async verify({ userId, password }: VerifyPassword, call: CallContext): Promise<boolean> {
    const check = new FieldChecker();
    check.id("user", "user_id", userId);
    checkPassword(check, password);
    check.done();
    const user = await this.#parts.users.byId(userId);
    if (user === undefined) throw userNotFound("user_id", userId);
    return this.#attempt(user.normalizedEmail, async (attempt) => {
      const credential = await this.#verified(user, password, call.signal);
      if (credential) await attempt.succeeded();
      else await this.#tellFailure(user.normalizedEmail, { email: user.email, userId }, call);
      return credential !== undefined;
    });
  }

  /** Runs a check as an attempt, which counts as a failure unless it succeeded or could not be made at all. */
  async #attempt<T>(normalizedEmail: string, run: (attempt: Attempt) => Promise<T>): Promise<T> {
    await orOverloaded(this.#parts.hasher.ready());
    const attempt = await this.#parts.attempts.begin(normalizedEmail);
    if ("retryAfterMs" in attempt) {
      throw new RosterError(ErrorReason.TOO_MANY_ATTEMPTS, "too many passwords were wrong for this email", attempt);
    }
    try {
      return await run(attempt);
    } catch (error) {
      const failed = error instanceof RosterError && error.reason === ErrorReason.INVALID_CREDENTIALS;
      if (!failed) await attempt.withdraw().catch(() => {});
      throw error;
    }
  }

  /** The user's credential, if the password is right. */
  async #verified(user: User | undefined, password: string, signal: AbortSignal): Promise<Credential | undefined> {
    // Where there is no user, looks for a password all the same: that takes its time too.
    const credential = await this.#parts.credentials.byUserId(user?.id ?? "");
    const right = await orOverloaded(this.#parts.hasher.verify(credential?.password, password, signal));
    return right ? credential : undefined;
  }

  /** The password hashed as new ones are, when it is not. */
  async #upgraded(
    { password: current }: Credential,
    password: string,
    signal: AbortSignal,
  ): Promise<SignIn["upgraded"]> {
    const { hasher } = this.#parts;
    if (!hasher.needsRehash(current, password)) return undefined;
    const hashed = await orOverloaded(hasher.hash(password.normalize("NFC"), signal));
    return "problem" in hashed ? undefined : hashed;
  }

  async #tellFailure(normalizedEmail: string, about: Authentication, call: CallContext): Promise<void> {
    const failure: Mutation<undefined> = {
      lookups: [{ table: "users", key: "normalizedEmail", value: normalizedEmail }],
      apply: (draft) => {
        const userId = draft.users.find("normalizedEmail", normalizedEmail)?.id;
        draft.tell({
          type: "authentication.password_failed",
          authentication: { ...about, ...(userId && { userId }), reason: ErrorReason.INVALID_CREDENTIALS },
        });
        return undefined;
      },
    };
    await this.#parts.committer.run(failure, call);
  }
}

const checkPassword = (check: FieldChecker, password: string): void => {
  if (password === "") check.fail("password", "is required");
  else if (Buffer.byteLength(password) > maxTypedBytes) {
    check.fail("password", `must be at most ${maxTypedBytes} bytes`);
  }
};
