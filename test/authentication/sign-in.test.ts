import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { goodPassword as password, invalidCredentials, signIn as signInTo } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { openWatch, settled, userOf } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, newEmail, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const signIn = (...[email, given, more]: [string, string, { ipAddress?: string; userAgent?: string }?]) =>
  signInTo(server.current, email, given, more);

describe("AuthenticateWithPassword", () => {
  it("signs in with any spelling of the email, and sets last_sign_in_at and nothing else", async () => {
    const user = await createUser(server.current.users, { password });
    const signedIn = await signIn(user.email.toUpperCase(), password);
    expect(signedIn).toEqual({ ...user, lastSignInAt: signedIn.lastSignInAt });
    expect(signedIn.lastSignInAt).toBeDefined();
    expect(await getUser(server.current.users, user.id)).toEqual(signedIn);
  });

  it("answers the same for a wrong password, an unknown email and a user without a password", async () => {
    const { users } = server.current;
    const [withPassword, without] = [await createUser(users, { password }), await createUser(users)];
    for (const [email, given] of [
      [withPassword.email, `${password} `],
      [newEmail(), password],
      [without.email, password],
    ] as const) {
      expect(await failure(signIn(email, given))).toEqual(invalidCredentials);
    }
  });

  it("knows the new password and not the old one after a change, and none after a deletion", async () => {
    const { users } = server.current;
    const user = await createUser(users, { password });
    await updateUser(users, user.id, { password: "staple of another kind" });
    expect(await failure(signIn(user.email, password))).toEqual(invalidCredentials);
    expect((await signIn(user.email, "staple of another kind")).id).toBe(user.id);
    await deleteUser(users, user.id);
    expect(await failure(signIn(user.email, "staple of another kind"))).toEqual(invalidCredentials);
    expect(await server.current.db.collection<{ _id: string }>("credentials").findOne({ _id: user.id })).toBeNull();
  });

  it("has its events, and no event holds the password or a hash", async () => {
    await settled(server.current.db);
    const watch = await openWatch(server.current.address);
    const user = await createUser(server.current.users, { password });
    await updateUser(server.current.users, user.id, { password: `${password} 2` });
    await failure(signIn(user.email, "wrong", { ipAddress: "192.0.2.1", userAgent: "test" }));
    const signedIn = await signIn(user.email, `${password} 2`, { ipAddress: "2001:db8::1" });
    const events = await watch.events(4);
    expect(events.map(({ type }) => type)).toEqual([
      "user.created",
      "user.password_changed",
      "authentication.password_failed",
      "authentication.password_succeeded",
    ]);
    const [, changed, failed, succeeded] = events;
    expect(changed && userOf(changed).revision).toBe(2n);
    expect(changed?.context?.previousAttributes).toBeUndefined();
    const about = { userId: user.id, email: user.email, ipAddress: undefined, userAgent: undefined };
    expect(failed?.object?.value).toEqual({
      ...about,
      ipAddress: "192.0.2.1",
      userAgent: "test",
      lastSignInAt: undefined,
      reason: ErrorReason.INVALID_CREDENTIALS,
    });
    expect(succeeded?.object?.value).toEqual({
      ...about,
      ipAddress: "2001:db8::1",
      lastSignInAt: signedIn.lastSignInAt,
      reason: ErrorReason.UNSPECIFIED,
    });
    const stored = JSON.stringify(await server.current.db.collection("events").find().toArray());
    expect(stored).not.toContain(password);
    expect(stored).not.toContain("$2b$");
    watch.cancel();
  });
});
