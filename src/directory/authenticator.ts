import { isIP } from "node:net";
import { HashingOverloaded, maxTypedBytes, type PasswordHasher } from "../passwords/index.js";
import type { Attempt, AttemptOf } from "./attempts.js";
import { type CallContext, withoutCaller } from "./call-context.js";
import type { Committer, Mutation } from "./commit/mutation.js";
import type { Credential } from "./credential.js";
import type { CredentialReader } from "./credential-reader.js";
import { type Email, foldedEmailOf } from "./email.js";
import { ErrorReason, RosterError, userNotFound } from "./error.js";
import type { Authentication } from "./events/authentication.js";
import type { EventType } from "./events/event.js";
import { FieldChecker } from "./field-checker.js";
import { networkOf } from "./ip-address.js";
import { orOverloaded } from "./new-password.js";
import { type SignIn, signIn } from "./sign-in.js";
import type { Throttle } from "./throttle.js";
import { requireActive, statusOf, type User } from "./user.js";
import { emailLookups, findByEmail } from "./user-email.js";
import type { UserReader } from "./user-reader.js";

/** Where a password is typed; an empty text is the same as none. */
interface Origin {
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** What `AuthenticateWithPassword` takes. */
export interface AuthenticateWithPassword extends Origin {
  readonly email: string;
  readonly password: string;
}

/** What `VerifyPassword` takes. */
export interface VerifyPassword extends Origin {
  readonly userId: string;
  readonly password: string;
}

/** What the authenticator works with. */
export interface AuthenticatorParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly throttle: Throttle;
  readonly committer: Committer;
  readonly hasher: PasswordHasher;
}

// The longest IPv6 address, and the name of a network interface behind it.
const maxIpCharacters = 64;
// A credential changes under a sign-in when another sign-in upgrades its hash at the same time, or the user changes it.
const maxTries = 3;

/**
 * Checks passwords: the same work and the same answer for a wrong password, no password and no user.
 *
 * A verification that has begun is brought to its end, and counts, whatever becomes of the call: what a caller learns from
 * events, or from the time, must not be had for nothing by leaving in time. How many go on without their callers is bounded by
 * what the hashing pool runs. What has not begun when the caller leaves is dropped, and does not count.
 */
export class Authenticator {
  readonly #parts: AuthenticatorParts;
  readonly #running = new Set<Promise<unknown>>();

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts;
  }

  /** Signs a user in, or throws INVALID_CREDENTIALS, USER_INACTIVE, TOO_MANY_ATTEMPTS or HASHING_OVERLOADED. */
  async authenticate(request: AuthenticateWithPassword, call: CallContext): Promise<User> {
    const { email, password } = request;
    const check = new FieldChecker();
    const parsed = check.email("email", email);
    checkPassword(check, password);
    const origin = checkOrigin(check, request);
    check.done();

    const about = { email: parsed.address, ...origin };
    return this.#attempt(attemptOf(parsed.folded, origin), call, async (attempt) => {
      let context = call;
      for (let tries = 1; tries <= maxTries; tries++) {
        const user = await this.#parts.users.byEmail(parsed);
        const credential = await this.#verified(user, password, context.signal);
        context = withoutCaller(call);
        if (user === undefined || credential === undefined) break;
        const isActive = statusOf(user) === "active";
        const upgraded = isActive ? await this.#upgraded(credential, password) : undefined;
        const change: SignIn = { userId: user.id, credential, upgraded, about: { ...about, userId: user.id } };
        const signedIn = await this.#parts.committer.run(signIn(change), context);
        if (signedIn === undefined) continue;
        if (statusOf(signedIn) === "inactive") await attempt.failed();
        requireActive(signedIn);
        await attempt.succeeded();
        return signedIn;
      }
      await attempt.failed();
      const reason = ErrorReason.INVALID_CREDENTIALS;
      const failure = failed("authentication.password_failed", parsed, { ...about, reason });
      await this.#parts.committer.run(failure, context);
      throw new RosterError(ErrorReason.INVALID_CREDENTIALS, "the email and the password do not belong together");
    });
  }

  /** Whether the password is the user's. Throws USER_NOT_FOUND, TOO_MANY_ATTEMPTS or HASHING_OVERLOADED. */
  async verify(request: VerifyPassword, call: CallContext): Promise<boolean> {
    const { userId, password } = request;
    const check = new FieldChecker();
    check.id("user", "user_id", userId);
    checkPassword(check, password);
    const origin = checkOrigin(check, request);
    check.done();
    const user = await this.#parts.users.byId(userId);
    if (user === undefined) throw userNotFound("user_id", userId);
    return this.#attempt(attemptOf(foldedEmailOf(user), origin), call, async (attempt) => {
      const credential = await this.#verified(user, password, call.signal);
      const about = { email: user.email, userId, ...origin };
      const isActive = statusOf(user) === "active";
      if (credential === undefined || !isActive) {
        await attempt.failed();
        const reason = credential === undefined ? ErrorReason.INVALID_CREDENTIALS : ErrorReason.USER_INACTIVE;
        const failure = failed("authentication.reauthentication_failed", undefined, { ...about, reason });
        await this.#parts.committer.run(failure, withoutCaller(call));
        if (credential) requireActive(user);
        return false;
      }
      await this.#parts.committer.run(reauthenticated(about), withoutCaller(call));
      await attempt.succeeded();
      return true;
    });
  }

  /** Takes back all failures for an email, whether a user has it or not. */
  async clearFailedAttempts({ email }: { email: string }): Promise<void> {
    const check = new FieldChecker();
    const parsed = check.email("email", email);
    check.done();
    await this.#parts.throttle.forget([parsed]);
  }

  /** Resolves when no verification that has begun is without its end. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Runs a check as an attempt, which does not count unless the check says how it ended. */
  async #attempt<T>(of: AttemptOf, call: CallContext, check: (attempt: Attempt) => Promise<T>): Promise<T> {
    const run = async () => {
      await orOverloaded(this.#parts.hasher.ready());
      const attempt = await this.#parts.throttle.begin(of, call.signal);
      try {
        return await check(attempt);
      } finally {
        await attempt.withdraw();
      }
    };
    const running = run();
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  /** The user's credential, if the password is right. Rejects with the signal's reason only where nothing was verified. */
  async #verified(user: User | undefined, password: string, signal: AbortSignal): Promise<Credential | undefined> {
    // Where there is no user, looks for a password all the same: that takes its time too.
    const credential = await this.#parts.credentials.byUserId(user?.id ?? "");
    const right = await orOverloaded(this.#parts.hasher.verify(credential?.password, password, signal));
    return right ? credential : undefined;
  }

  /** The password hashed as new ones are, when it is not. Where there is no room to hash it, another sign-in will do it. */
  async #upgraded({ password: current }: Credential, password: string): Promise<SignIn["upgraded"]> {
    const { hasher } = this.#parts;
    if (!hasher.needsRehash(current, password)) return undefined;
    const hashed = await hasher.hash(password.normalize("NFC")).catch(noRoom);
    return hashed === undefined || "problem" in hashed ? undefined : hashed;
  }
}

const noRoom = (error: unknown): undefined => {
  if (!(error instanceof HashingOverloaded)) throw error;
};

const attemptOf = (email: string, { ipAddress }: Origin): AttemptOf => ({
  email,
  network: ipAddress === undefined ? undefined : networkOf(ipAddress),
});

/** Tells a failure, of the user who has the email by then, or else of whom `about` names. */
const failed = (type: EventType, email: Email | undefined, about: Authentication): Mutation<undefined> => ({
  lookups: email ? emailLookups(email) : [],
  apply: (draft) => {
    const userId = email ? findByEmail(draft, email)?.id : about.userId;
    draft.tell({ type, authentication: { ...about, ...(userId && { userId }) } });
    return undefined;
  },
});

const reauthenticated = (authentication: Authentication): Mutation<void> => ({
  lookups: [],
  apply: (draft) => draft.tell({ type: "authentication.reauthentication_succeeded", authentication }),
});

/** The texts that are given, as they are. */
const checkOrigin = (
  check: FieldChecker,
  { ipAddress, userAgent }: Origin,
): { ipAddress?: string; userAgent?: string } => {
  if (ipAddress && (ipAddress.length > maxIpCharacters || isIP(ipAddress) === 0)) {
    check.fail("ip_address", "must be an IPv4 or IPv6 address");
  }
  if (userAgent) check.text("user_agent", userAgent, 1_024);
  return { ...(ipAddress && { ipAddress }), ...(userAgent && { userAgent }) };
};

const checkPassword = (check: FieldChecker, password: string): void => {
  if (password === "") check.fail("password", "is required");
  else if (Buffer.byteLength(password) > maxTypedBytes) {
    check.fail("password", `must be at most ${maxTypedBytes} bytes`);
  }
};
