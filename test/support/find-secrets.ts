/** A text that nothing may hold, and what it is. */
export interface Secret {
  readonly kind: string;
  readonly text: string;
}

/** The file beside the output that holds the secrets, one in a line. */
export const secretsFile = "secrets";

/** A secret in a text, with what stands in front of it. */
export interface Leak {
  readonly kind: string;
  readonly before: string;
}

/** Shorter ones are parts of words. */
const minLength = 8;
const contextLength = 80;

/** What is a secret by its form, whether or not somebody has told of it. */
const forms: Readonly<Record<string, RegExp>> = {
  "bcrypt hash": /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{22}/g,
  "hash of a modular format": /\$(?:argon2\w*|scrypt|pbkdf2[\w-]*)\$[^\s"]{16}/g,
  "API key": /\bsk_[0-9A-Z]{26}_[\w-]{8}/g,
  "private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
};

/** The ways in which a text is written: as it is, in JSON, in base64. */
const spellings = (text: string): string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
];

/** Looks for secrets, however many, in one pass over each text. */
export class SecretSearch {
  readonly #byStart = new Map<string, { kind: string; spelling: string }[]>();

  constructor(secrets: Iterable<Secret>) {
    for (const { kind, text } of secrets) {
      for (const spelling of new Set(spellings(text))) {
        if (spelling.length < minLength) continue;
        const start = spelling.slice(0, minLength);
        const others = this.#byStart.get(start);
        if (others) others.push({ kind, spelling });
        else this.#byStart.set(start, [{ kind, spelling }]);
      }
    }
  }

  /** The secrets that a text holds. */
  in(text: string): Leak[] {
    const leaks: Leak[] = [];
    const found = (kind: string, at: number) =>
      leaks.push({ kind, before: text.slice(Math.max(0, at - contextLength), at) });
    for (let at = 0; at <= text.length - minLength; at++) {
      for (const { kind, spelling } of this.#byStart.get(text.slice(at, at + minLength)) ?? []) {
        if (text.startsWith(spelling, at)) found(kind, at);
      }
    }
    for (const [kind, form] of Object.entries(forms)) {
      for (const { index } of text.matchAll(form)) found(kind, index);
    }
    return leaks;
  }
}
