import { describe, expect, it } from "vitest";
import { checkRow } from "../../src/directory/import/check-row.js";
import { ChunkCommitter } from "../../src/directory/import/chunk-committer.js";
import { DryRun } from "../../src/directory/import/dry-run.js";
import { RowPasswords } from "../../src/directory/import/row-passwords.js";
import type { ObjectReader } from "../../src/directory/commit/object-reader.js";
import type { User } from "../../src/directory/user.js";
import { clock, newId } from "../support/clock.js";
import { goodPassword } from "../support/authentication.js";
import { newEmail } from "../support/users.js";

const users = Array.from({ length: 4 }, (): User => {
  const email = newEmail();
  const now = new Date();
  const id = newId("user");
  return {
    id,
    email,
    normalizedEmail: email,
    emailVerified: false,
    metadata: {},
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
});
const ids = users.map(({ id }) => id);

/** Reads the users, of whom some have another password each time. */
class MovingObjects implements ObjectReader {
  readonly #moves: readonly number[];
  #passwords = 0;

  constructor(moves: readonly number[]) {
    this.#moves = moves;
  }

  async read(lookups: Parameters<ObjectReader["read"]>[0]) {
    const asked = new Set(lookups.map(({ table, value }) => `${table} ${value}`));
    return {
      users: users.filter(({ id, email }) => asked.has(`users ${id}`) || asked.has(`users ${email}`)),
      credentials: this.#moves
        .filter((i) => asked.has(`credentials ${ids[i]}`))
        .map((i) => ({
          id: ids[i] as string,
          revision: 1,
          password: { algorithm: "bcrypt" as const, hash: `hash ${this.#passwords++}`, imported: false },
        })),
    };
  }
}

/** The outcomes of rows that all bring a password and claim the same email, when the passwords of some users move. */
const outcomesOf = async (moves: readonly number[]): Promise<string[]> => {
  const objects = new MovingObjects(moves);
  const { signal } = new AbortController();
  const hasher = {
    hash: async () => ({ algorithm: "bcrypt" as const, hash: "new", imported: false }),
    matches: async () => false,
  };
  const committer = new ChunkCommitter(new DryRun(objects, clock), new RowPasswords(objects, hasher, signal), {
    signal,
  });
  const email = newEmail();
  const rows = ids.map((id) =>
    checkRow(
      { id, email, password: goodPassword, metadata: new Map(), createdAt: undefined, lastSignInAt: undefined },
      { matchOn: "id", updateOnly: false },
      clock.now(),
    ),
  );
  const outcomes = await committer.commit(await committer.prepare(rows));
  return outcomes.map((outcome) => (outcome.outcome === "rejected" ? outcome.error.message : outcome.outcome));
};

const moved = "the user's password was changed at the same time; send the row again";
const taken = "another user has this email";

describe("a row whose user's password is another one at each commit", () => {
  it.each([
    { moves: [], outcomes: ["updated", taken, taken, taken] },
    { moves: [0], outcomes: [moved, "updated", taken, taken] },
    { moves: [0, 1, 3], outcomes: [moved, moved, "updated", moved] },
    { moves: [0, 1, 2, 3], outcomes: [moved, moved, moved, moved] },
  ])("is rejected, and the rows behind it take their turn: $moves", async ({ moves, outcomes }) => {
    expect(await outcomesOf(moves)).toEqual(outcomes);
  });
});
