import bcrypt from "bcrypt";
import { describe, expect, it, vi } from "vitest";
import { type PasswordCredential, type PasswordHash, parsePasswordHash } from "../../src/passwords/index.js";
import { bcryptCost } from "../../src/passwords/algorithms/bcrypt.js";
import { fillCosts, SameWork } from "../../src/passwords/same-work.js";

const parsed = (given: PasswordHash): PasswordCredential => {
  const credential = parsePasswordHash(given);
  if ("problem" in credential) throw new Error(credential.problem);
  return credential;
};

const hashes = {
  bcrypt: (cost: number) => ({ algorithm: "BCRYPT", hash: `$2y$${String(cost).padStart(2, "0")}$${".".repeat(53)}` }),
  pbkdf2: (i: number) => ({ algorithm: "PBKDF2", hash: `$pbkdf2$i=${i},d=sha256$c29tZXNhbHQ$${"A".repeat(43)}` }),
  argon2: (m: number) => ({
    algorithm: "ARGON2",
    hash: `$argon2id$v=19$m=${m},t=1,p=1$c29tZXNhbHQ$${"A".repeat(43)}`,
  }),
  scrypt: (ln: number) => ({ algorithm: "SCRYPT", hash: `$scrypt$ln=${ln},r=8,p=1$c29tZXNhbHQ$${"A".repeat(43)}` }),
} satisfies Record<string, (cost: number) => PasswordHash>;

const composed = "wrong";
const decomposed = "Cafe\u0301";

describe("the bcrypt that is computed for a refusal", () => {
  const fullCost = 10;
  /** The rounds of bcrypt, as many as one of the full cost makes being 1. */
  const roundsOf = async (credential: PasswordCredential | undefined, password: string): Promise<number> => {
    const compare = vi.spyOn(bcrypt, "compare");
    try {
      expect(await new SameWork({ cost: fullCost }).verify(credential, password)).toBe(false);
      return compare.mock.calls.reduce((sum, [, hash]) => sum + 2 ** (Number(hash.slice(4, 6)) - fullCost), 0);
    } finally {
      compare.mockRestore();
    }
  };

  const kinds: [name: string, credential: PasswordCredential | undefined][] = [
    ["an unknown email", undefined],
    ...[4, 5, 6, 7, 8, 9, 10].map((cost): [string, PasswordCredential] => [
      `bcrypt of cost ${cost}`,
      parsed(hashes.bcrypt(cost)),
    ]),
    ["salted SHA", parsed({ algorithm: "SSHA", hash: "{SSHA}0H+zTv8o4MR4H43n03eCsvw1luG8LdB7" })],
  ];

  it.each(kinds)("is the same for %s", async (_name, credential) => {
    const once = await roundsOf(credential, composed);
    expect(Math.abs(once - 1)).toBeLessThanOrEqual(1 / 64);
    expect(await roundsOf(credential, decomposed)).toBe(2 * once);
  });

  it("is no more than a dearer hash takes", async () => {
    expect(await roundsOf(parsed(hashes.bcrypt(11)), composed)).toBe(2);
  });

  it("is not added to a right password", async () => {
    const compare = vi.spyOn(bcrypt, "compare");
    const right = parsed({ algorithm: "BCRYPT", hash: bcrypt.hashSync("right", 4) });
    expect(await new SameWork({ cost: fullCost }).verify(right, "right")).toBe(true);
    expect(compare).toHaveBeenCalledTimes(1);
    compare.mockRestore();
  });
});

describe("what a refusal takes, on a clock that only work moves", () => {
  const fullCost = 12;
  const fullMs = 200;

  /** A machine on which a hash of another kind takes as long as said, and everything `load` times as long. */
  const machine = (otherMs: (credential: PasswordCredential) => number) => {
    const state = { now: 0, load: 1 };
    const work = new SameWork({
      cost: fullCost,
      clocks: () => [state.now, 2 * state.now],
      async verify(credential, password) {
        const isBcrypt = credential.algorithm === "bcrypt";
        const once = isBcrypt ? fullMs * 2 ** (bcryptCost(credential) - fullCost) : otherMs(credential);
        state.now += once * state.load * (isBcrypt && password !== password.normalize("NFC") ? 2 : 1);
        return false;
      },
    });
    /** In parts of what an unknown email takes under the same load. */
    const refusal = async (credential: PasswordCredential, password = composed): Promise<number> => {
      const started = state.now;
      await work.verify(credential, password);
      const took = state.now - started;
      await work.verify(undefined, password);
      return took / (state.now - started - took);
    };
    return { state, refusal };
  };

  const kinds: [name: string, given: PasswordHash][] = [
    ["pbkdf2", hashes.pbkdf2(600_000)],
    ["pbkdf2 of few iterations", hashes.pbkdf2(1_000)],
    ["argon2", hashes.argon2(19_456)],
    ["scrypt", hashes.scrypt(14)],
  ];
  // The estimate is right for some of these, far too low or far too high for the others.
  const durations = [1, 5, 13, 20, 50, 100, 120, 150, 180, 195];

  it.each(kinds)(
    "is the same for %s, however long it takes on that machine, from the second on",
    async (_name, given) => {
      for (const ms of durations) {
        for (const password of [composed, decomposed]) {
          const { state, refusal } = machine(() => ms);
          await refusal(parsed(given), password);
          for (const load of [1, 2, 10, 1, 0.5]) {
            state.load = load;
            expect(Math.abs((await refusal(parsed(given), password)) - 1), `${ms} ms`).toBeLessThan(0.05);
          }
        }
      }
    },
  );

  it("is the same where verifications wait for the CPU, which others use", async () => {
    const state = { waited: 0, used: 0 };
    const work = new SameWork({
      cost: fullCost,
      clocks: () => [state.waited + state.used, state.used],
      async verify(credential) {
        const isBcrypt = credential.algorithm === "bcrypt";
        state.waited += isBcrypt ? 10 : 400;
        state.used += isBcrypt ? fullMs * 2 ** (bcryptCost(credential) - fullCost) : 100;
        return false;
      },
    });
    for (let i = 0; i < 2; i++) {
      state.used = 0;
      await work.verify(parsed(hashes.pbkdf2(600_000)), composed);
    }
    expect(Math.abs(state.used / fullMs - 1)).toBeLessThan(0.05);
  });

  it("is near it at the first one, where the machine is like that of the estimates", async () => {
    const { refusal } = machine((credential) => (credential.algorithm === "pbkdf2" ? 120 : 13));
    expect(Math.abs((await refusal(parsed(hashes.pbkdf2(600_000)))) - 1)).toBeLessThan(0.05);
    expect(Math.abs((await refusal(parsed(hashes.argon2(19_456)))) - 1)).toBeLessThan(0.05);
  });

  it("is that of the hash where this is dearer, once it is known", async () => {
    const { refusal } = machine(() => 500);
    for (let i = 0; i < 15; i++) await refusal(parsed(hashes.pbkdf2(600_000)));
    expect(await refusal(parsed(hashes.pbkdf2(600_000)))).toBe(2.5);
  });

  it("tells kinds apart by their parameters, and not by their salts", async () => {
    const { refusal } = machine((credential) =>
      credential.algorithm === "pbkdf2" ? credential.iterations / 5_000 : 0,
    );
    for (const iterations of [100_000, 600_000, 900_000]) await refusal(parsed(hashes.pbkdf2(iterations)));
    for (const iterations of [100_000, 600_000, 900_000]) {
      const other = { ...parsed(hashes.pbkdf2(iterations)), salt: "b3RoZXI=" } as PasswordCredential;
      expect(Math.abs((await refusal(other)) - 1)).toBeLessThan(0.05);
    }
  });

  it("forgets what one slow moment made of it", async () => {
    let ms = 100;
    const { refusal } = machine(() => ms);
    for (const each of [1_000, 100, 100, 100]) {
      ms = each;
      await refusal(parsed(hashes.pbkdf2(600_000)));
    }
    expect(Math.abs((await refusal(parsed(hashes.pbkdf2(600_000)))) - 1)).toBeLessThan(0.05);
  });
});

describe("fillCosts", () => {
  it.each<[part: number, costs: number[]]>([
    [1, [12]],
    [0.99, [12]],
    [0.5, [11]],
    [0.75, [11, 10]],
    [31 / 32, [11, 10, 9, 8, 7]],
    [0.02, [7]],
    [0.01, []],
    [0, []],
    [-3, []],
  ])("makes %d of these: %j", (part, costs) => {
    expect(fillCosts(part, 12)).toEqual(costs);
  });
});
