import { timingSafeEqual } from "node:crypto";
import type { Actor } from "../call-context.js";
import type { Clock } from "../clock.js";
import type { StoredApiKey } from "./api-key.js";
import type { ApiKeyStore } from "./api-key-store.js";
import { apiKeyExpired, apiKeyRevoked, invalidApiKey } from "./errors.js";
import type { Scope } from "./scope.js";
import { hashSecret, keyIdOf } from "./secret.js";

/** Who has a key, and what it allows. */
export interface KeyHolder {
  readonly actor: Actor;
  readonly scopes: ReadonlySet<Scope>;
}

/** What the database said of an id. */
interface Answer {
  /** When it was asked, in milliseconds of a clock that only goes forward. */
  readonly askedAt: number;
  /** Undefined: there is no key with this id. */
  readonly key: ComparableKey | undefined;
  askingAgain: boolean;
}

interface ComparableKey {
  readonly id: string;
  readonly holder: KeyHolder;
  readonly secretHash: Buffer;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly revoked: boolean;
}

/** Where keys come from, and who is told of their use. */
export interface KnownKeysParts {
  readonly store: Pick<ApiKeyStore, "byId">;
  readonly clock: Pick<Clock, "now">;
  /** Is told of every use of a key. */
  onUse(id: string): void;
}

/** How long an answer of the database counts. A revoked key is refused everywhere after this time. */
const validMs = 3_000;
/** From this age on, the use of an answer makes it be asked for again. */
const refreshMs = 1_000;
/** Most answers that are kept of each kind: an id that nobody has costs a sender of garbage nothing. */
const maxAnswers = 10_000;

/**
 * Verifies secrets of API keys by answers of the database that are at most three seconds old. When there is none and the
 * database gives none, nobody is let in.
 */
export class KnownKeys {
  readonly #parts: KnownKeysParts;
  readonly #keys = new Map<string, Answer>();
  readonly #unknown = new Map<string, Answer>();

  constructor(parts: KnownKeysParts) {
    this.#parts = parts;
  }

  /** The holder of the key with this secret. At once when the key was looked up lately. Throws, or rejects with, a RosterError. */
  verify(secret: string): KeyHolder | Promise<KeyHolder> {
    const id = keyIdOf(secret);
    if (id === undefined) throw invalidApiKey();
    const answer = this.#validAnswer(id);
    if (answer) return this.#judge(answer, secret);
    return this.#ask(id).then((asked) => this.#judge(asked, secret));
  }

  #judge({ key }: Answer, secret: string): KeyHolder {
    if (key === undefined || !timingSafeEqual(key.secretHash, hashSecret(secret))) throw invalidApiKey();
    if (key.revoked) throw apiKeyRevoked(key.id);
    if (this.#parts.clock.now().getTime() >= key.expiresAt) throw apiKeyExpired(key.id);
    this.#parts.onUse(key.id);
    return key.holder;
  }

  #validAnswer(id: string): Answer | undefined {
    const answer = this.#keys.get(id) ?? this.#unknown.get(id);
    if (answer === undefined) return undefined;
    const age = performance.now() - answer.askedAt;
    if (age >= validMs) return undefined;
    if (age >= refreshMs && answer.key && !answer.askingAgain) {
      answer.askingAgain = true;
      this.#ask(id).catch(() => {
        // Whoever comes when the answer counts no more asks, and is told.
        answer.askingAgain = false;
      });
    }
    return answer;
  }

  async #ask(id: string): Promise<Answer> {
    const askedAt = performance.now();
    const stored = await this.#parts.store.byId(id);
    const answer: Answer = { askedAt, key: stored && comparable(stored), askingAgain: false };
    const known = this.#keys.get(id) ?? this.#unknown.get(id);
    if (known && known.askedAt >= askedAt) return known;
    this.#keys.delete(id);
    this.#unknown.delete(id);
    keep(answer.key ? this.#keys : this.#unknown, id, answer);
    return answer;
  }
}

const keep = (answers: Map<string, Answer>, id: string, answer: Answer): void => {
  if (answers.size >= maxAnswers) {
    // The one that was asked for longest ago.
    const [oldest] = answers.keys();
    if (oldest !== undefined) answers.delete(oldest);
  }
  answers.set(id, answer);
};

const comparable = ({ id, name, scopes, secretHash, expiresAt, revokedAt }: StoredApiKey): ComparableKey => ({
  id,
  holder: { actor: { id, name }, scopes: new Set(scopes) },
  secretHash: Buffer.from(secretHash, "base64"),
  expiresAt: expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  revoked: revokedAt !== undefined,
});
