import { type BcryptCredential, bcryptCost, decoyBcrypt } from "./algorithms/bcrypt.js";
import type { PasswordCredential } from "./credential.js";
import { estimatedMs, verifyPassword, workKey } from "./verify.js";

/** What the work is made of; tests bring their own. */
export interface SameWorkParts {
  /** The cost of bcrypt for new passwords. */
  readonly cost: number;
  verify?(credential: PasswordCredential, password: string): Promise<boolean>;
  /** What clocks show, in milliseconds: of the time that passes, and of the CPU time that the process uses. */
  clocks?(): readonly number[];
}

/** The fill is made of bcrypt of costs down to this many below the full cost: a 32nd of the whole is the least. */
const fineness = 5;
/** How many of the last refusals of a kind count. */
const maxSamples = 15;
/** How many kinds of hashes are remembered. */
const maxKinds = 64;

/** What one refusal took, in milliseconds. */
interface Sample {
  readonly verification: number;
  /** What bcrypt of the full cost would have taken, by the fill. */
  readonly full: number;
}

/**
 * Verifies passwords so that every refusal takes the time of a bcrypt of the full cost: what a cheaper hash leaves of that
 * time is filled up with bcrypt. A hash that is dearer takes as long as it takes, and a right password too.
 *
 * Bcrypt of a lower cost is filled up exactly. Of what another hash takes, only the ratio to bcrypt counts, and it is measured:
 * each refusal times the verification and the fill that follows it, under the same load. Until the first refusal of a
 * kind (an algorithm with its parameters) the ratio is an estimate.
 */
export class SameWork {
  readonly #cost: number;
  readonly #verify: (credential: PasswordCredential, password: string) => Promise<boolean>;
  readonly #clocks: () => readonly number[];
  /** The last refusals of each kind; the kind that was used last is the last. */
  readonly #samples = new Map<string, readonly Sample[]>();

  constructor({ cost, verify = verifyPassword, clocks = timeAndCpu }: SameWorkParts) {
    this.#cost = cost;
    this.#verify = verify;
    this.#clocks = clocks;
  }

  /** Whether the password is right: never without a credential. */
  async verify(credential: PasswordCredential | undefined, password: string): Promise<boolean> {
    if (credential === undefined) {
      await this.#fill(1, password);
      return false;
    }
    const { took, result } = await this.#timed(() => this.#verify(credential, password));
    if (result) return true;
    if (credential.algorithm === "bcrypt") {
      await this.#fill(1 - this.#bcryptRatio(credential), password);
      return false;
    }
    // A password that is not in NFC is compared twice by bcrypt, and once by everything else.
    const kind = `${workKey(credential)} ${password === password.normalize("NFC")}`;
    const known = this.#samples.get(kind) ?? [];
    const ratio = measuredRatio(known) ?? estimatedMs(credential) / estimatedMs(decoyBcrypt(this.#cost));
    // At least a little until the kind is well known: so what seems to be dearer is measured, too.
    const least = known.length < maxSamples ? 2 ** -fineness : 0;
    const filled = await this.#fill(Math.max(1 - ratio, least), password);
    if (filled.part > 0) this.#learn(kind, [...known, { verification: took, full: filled.took / filled.part }]);
    return false;
  }

  #bcryptRatio(credential: BcryptCredential): number {
    return 2 ** (bcryptCost(credential) - this.#cost);
  }

  /** Does about this part of the full work; tells what part it was, and how long it took. */
  async #fill(part: number, password: string): Promise<{ readonly part: number; readonly took: number }> {
    const costs = fillCosts(part, this.#cost);
    const { took } = await this.#timed(async () => {
      for (const cost of costs) await this.#verify(decoyBcrypt(cost), password);
    });
    return { part: costs.reduce((sum, cost) => sum + 2 ** (cost - this.#cost), 0), took };
  }

  async #timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly took: number }> {
    const before = this.#clocks();
    const result = await work();
    const after = this.#clocks();
    // The time counts what other processes do meanwhile, and the CPU what else this one does: the lesser is the truer.
    return { result, took: Math.min(...after.map((ms, i) => ms - (before[i] as number))) };
  }

  #learn(kind: string, samples: readonly Sample[]): void {
    this.#samples.delete(kind);
    this.#samples.set(kind, samples.slice(-maxSamples));
    const [oldest = ""] = this.#samples.keys();
    if (this.#samples.size > maxKinds) this.#samples.delete(oldest);
  }
}

const timeAndCpu = (): readonly number[] => {
  const { user, system } = process.cpuUsage();
  return [performance.now(), (user + system) / 1_000];
};

/** What a verification takes of the full work. Undefined without samples. */
const measuredRatio = (samples: readonly Sample[]): number | undefined => {
  if (samples.length === 0) return undefined;
  return lowerQuartile(samples.map((each) => each.verification)) / lowerQuartile(samples.map(({ full }) => full));
};

// What disturbs a measurement makes it longer: so not the median, and not the least, which may be of an idle moment.
const lowerQuartile = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 2] as number;

/** Costs of bcrypt that are together about this part of one at the full cost, the greatest first. None for less than a 64th. */
export const fillCosts = (part: number, fullCost: number): number[] => {
  const costs: number[] = [];
  let left = Math.round(Math.max(part, 0) * 2 ** fineness);
  for (let less = 0; less <= fineness; less++) {
    const size = 2 ** (fineness - less);
    if (left < size) continue;
    costs.push(fullCost - less);
    left -= size;
  }
  return costs;
};
