import type { PasswordHasher } from "../passwords/index.js";
import { emailFormsOf } from "./attempts.js";
import type { CallContext } from "./call-context.js";
import type { Committer } from "./commit/mutation.js";
import { CredentialMoved } from "./credential.js";
import type { CredentialReader } from "./credential-reader.js";
import { ErrorReason, RosterError, userNotFound } from "./error.js";
import { requireRevision } from "./expected-revision.js";
import { checkPassword, hashChecked, orOverloaded, readPassword } from "./new-password.js";
import { ownerOf, withGiven } from "./password-owner.js";
import { type UpdateUser, updateUser } from "./update-user.js";
import type { Throttle } from "./throttle.js";
import type { User } from "./user.js";
import type { UserReader } from "./user-reader.js";

/** What an update that sets a password works with. */
export interface PasswordUpdateParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly committer: Committer;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
}

/** The user's password changes under an update when somebody signs in, or changes it, at the same time. */
const maxTries = 3;

/**
 * Runs an `UpdateUser` that sets a password. One that is the user's already is no change of it, once the policy has let it
 * pass; another one takes back the failures of the user's email. A repeated request is answered whatever its password.
 * Throws as `newCredential` and the mutation do.
 */
export const updateUserWithPassword = async (
  parts: PasswordUpdateParts,
  request: UpdateUser,
  call: CallContext,
): Promise<User> => {
  const { user, isSame } = await update(parts, request, call);
  // Also behind a first answer: who gave it may have died before this.
  if (!isSame) await parts.throttle.passwordsSet([emailFormsOf(user)]);
  return user;
};

const update = async (
  { users, credentials, committer, hasher }: PasswordUpdateParts,
  request: UpdateUser,
  call: CallContext,
): Promise<{ readonly user: User; readonly isSame?: boolean }> => {
  const mutation = updateUser(request);
  const replay = await committer.findReplay(mutation(), call);
  if (replay) return { user: replay.result };
  const { credential: given, password } = readPassword(request);
  if (password === undefined) return { user: await committer.run(mutation({ credential: given }), call) };

  await orOverloaded(hasher.ready());
  const user = await users.byId(request.id);
  if (user === undefined) throw userNotFound("id", request.id);
  requireRevision(user, request.expectedRevision);
  const checked = await orOverloaded(checkPassword(password, ownerOf(withGiven(user, request))));
  let hashed: ReturnType<typeof hashChecked> | undefined;
  for (let tries = 1; ; tries++) {
    const current = (await credentials.byUserId(user.id))?.password;
    const isSame = current !== undefined && (await orOverloaded(hasher.matches(current, password, call.signal)));
    const credential = isSame ? undefined : await orOverloaded((hashed ??= hashChecked(checked, hasher, call.signal)));
    // To set a password that differs is right in the end, whatever was there.
    const compared = credential && tries === maxTries ? undefined : { to: current };
    try {
      return { user: await committer.run(mutation({ credential, ...(compared && { compared }) }), call), isSame };
    } catch (error) {
      if (!(error instanceof CredentialMoved)) throw error;
      if (tries === maxTries) throw moved(error);
    }
  }
};

const moved = (cause: unknown): RosterError =>
  new RosterError(ErrorReason.CONFLICT, "the user's password was changed at the same time; send it again", { cause });
