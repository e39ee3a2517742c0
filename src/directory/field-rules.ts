import { parseEmail } from "./email.js";
import { type FieldViolation, invalidRequest } from "./error.js";
import { type IdPrefix, isId } from "./id.js";

/** A value in the form that is stored, or what is wrong with the one given. */
type Parsed = { value: string } | { problem: string };
type Rule = (given: string) => Parsed;

const valid = (value: string): Parsed => ({ value });
const printableAscii = /^[\x21-\x7e]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f]/;

const hasAtMostCharacters = (text: string, max: number): boolean =>
  text.length <= max || (text.length <= 2 * max && [...text].length <= max);

const maxCharacters =
  (max: number): Rule =>
  (given) =>
    hasAtMostCharacters(given, max) ? valid(given) : { problem: `must be at most ${max} characters` };

const printable =
  (max: number): Rule =>
  (given) =>
    given.length <= max && printableAscii.test(given)
      ? valid(given)
      : { problem: `must be 1-${max} printable ASCII characters without spaces` };

const rolePattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const role: Rule = (given) =>
  rolePattern.test(given)
    ? valid(given)
    : { problem: "must be 1-64 of a-z, 0-9, - and _, the first one a letter or a digit" };

// The parser of URLs strips these, or takes them for a slash; the text is kept as given, for readers that do neither.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const notInUrl = /[\s\\\u0000-\u001f\u007f-\u009f]/;

const httpUrl =
  (maxBytes: number): Rule =>
  (given) => {
    if (Buffer.byteLength(given) > maxBytes) return { problem: `must be at most ${maxBytes} bytes` };
    if (notInUrl.test(given)) return { problem: "must not have white space, control characters or \\" };
    return /^https?:\/\/[^/]/i.test(given) && URL.canParse(given)
      ? valid(given)
      : { problem: "must be an absolute http or https URL" };
  };

// An application has few languages and many users.
const knownTags = new Map<string, string>();

const languageTag: Rule = (given) => {
  // The time to read a tag grows with the square of its length.
  const tag = given.length <= 64 ? (knownTags.get(given) ?? canonicalTag(given)) : undefined;
  if (tag === undefined) return { problem: "must be a BCP 47 language tag, like en-US" };
  if (knownTags.size < 1_000) knownTags.set(given, tag);
  return valid(tag);
};

const canonicalTag = (given: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(given)[0];
  } catch {
    return undefined;
  }
};

/** The optional texts of a user: where each stands in a request, and its rule. */
export const optionalTexts = {
  firstName: { field: "first_name", rule: maxCharacters(256) },
  lastName: { field: "last_name", rule: maxCharacters(256) },
  name: { field: "name", rule: maxCharacters(256) },
  profilePictureUrl: { field: "profile_picture_url", rule: httpUrl(2_048) },
  externalId: { field: "external_id", rule: printable(128) },
  locale: { field: "locale", rule: languageTag },
} as const satisfies Record<string, { field: string; rule: Rule }>;

/** The name of an optional text of a user. */
export type OptionalText = keyof typeof optionalTexts;
export const optionalTextNames = Object.keys(optionalTexts) as OptionalText[];

const metadataLimits = { pairs: 50, keyCharacters: 40, valueCharacters: 600 };

/** Checks the fields of one request and gathers everything that is wrong with them. */
export class FieldChecker {
  readonly #violations: FieldViolation[] = [];

  fail(field: string, description: string): void {
    this.#violations.push({ field, description });
  }

  /** Throws INVALID_REQUEST with every violation so far, if there is one. */
  done(): void {
    if (this.#violations.length > 0) throw invalidRequest(this.#violations);
  }

  id(prefix: IdPrefix, field: string, given: string): void {
    if (given === "") this.fail(field, "is required");
    else if (!isId(prefix, given)) this.fail(field, `must be ${prefix}_ and a ULID of 26 characters`);
  }

  email(field: string, given: string): { address: string; normalized: string } {
    const parsed = parseEmail(given);
    if (!("problem" in parsed)) return parsed;
    this.fail(field, parsed.problem);
    return { address: given, normalized: "" };
  }

  optionalText(name: OptionalText, given: string): string {
    const { field, rule } = optionalTexts[name];
    return this.#text(field, given, rule);
  }

  maxCharacters(field: string, given: string, max: number): void {
    this.#text(field, given, maxCharacters(max));
  }

  requiredText(field: string, given: string, max: number): void {
    if (given === "") this.fail(field, "is required");
    else this.maxCharacters(field, given, max);
  }

  /** What a membership is in its organization. */
  role(field: string, given: string): void {
    this.#text(field, given, role);
  }

  /** A required external id at any place of a request. */
  externalId(field: string, given: string): void {
    if (given === "") this.fail(field, "is required");
    else this.#text(field, given, optionalTexts.externalId.rule);
  }

  requestId(given: string): void {
    if (given !== "") this.#text("request_id", given, printable(64));
  }

  /** Counts the items of a list, and returns those to check one by one: none behind the last that may be there. */
  items<T>(field: string, given: readonly T[], min: number, max: number): readonly T[] {
    if (given.length < min || given.length > max) {
      this.fail(field, `must have ${min > 0 ? `${min}-` : "at most "}${max} items, not ${given.length}`);
    }
    return given.length > max ? given.slice(0, max) : given;
  }

  range(field: string, given: number, min: number, max: number): void {
    if (given < min || given > max) this.fail(field, `must be ${min}-${max}`);
  }

  /** Names a subject at an identity provider. */
  ssoConnection({ connectionId, idpId }: { connectionId: string; idpId: string }): void {
    this.#text("connection_id", connectionId, printable(128));
    this.#text("idp_id", idpId, printable(256));
  }

  metadata(metadata: ReadonlyMap<string, string>, name = "metadata"): void {
    this.metadataSize(name, metadata.size);
    let pairs = 0;
    for (const [key, value] of metadata) {
      if (++pairs > metadataLimits.pairs) break;
      const field = `${name}[${JSON.stringify(key.slice(0, metadataLimits.keyCharacters))}]`;
      if (key === "" || !hasAtMostCharacters(key, metadataLimits.keyCharacters) || controlCharacter.test(key)) {
        this.fail(field, `key must be 1-${metadataLimits.keyCharacters} characters without control characters`);
      }
      if (!hasAtMostCharacters(value, metadataLimits.valueCharacters)) {
        this.fail(field, `value must be at most ${metadataLimits.valueCharacters} characters`);
      }
    }
  }

  metadataSize(field: string, pairs: number): void {
    if (pairs > metadataLimits.pairs) {
      this.fail(field, `must leave at most ${metadataLimits.pairs} pairs, not ${pairs}`);
    }
  }

  #text(field: string, given: string, rule: Rule): string {
    const parsed = rule(given);
    if ("value" in parsed) return parsed.value;
    this.fail(field, parsed.problem);
    return given;
  }
}
