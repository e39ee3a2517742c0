import { type Email, parseEmail } from "./email.js";
import { type FieldViolation, invalidRequest } from "./error.js";
import { longText, type OptionalText, optionalTexts, printable, role, type Rule, text } from "./field-rules.js";
import { type IdPrefix, isId } from "./id.js";

const metadataLimits = { pairs: 50, keyCharacters: 40, valueCharacters: 600 };
const metadataKey = text(metadataLimits.keyCharacters);
const metadataValue = longText(metadataLimits.valueCharacters);

/**
 * Checks the fields of one request and gathers everything that is wrong with them. `field` is the path in the request, as
 * `FieldViolation` has it. What a check returns is good only when `done` does not throw.
 */
export class FieldChecker {
  readonly #violations: FieldViolation[] = [];

  /** Notes what is wrong with a field. */
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

  /** An address to find a user by. */
  email(field: string, given: string): Email {
    const parsed = parseEmail(given);
    if (!("problem" in parsed)) return parsed;
    this.fail(field, parsed.problem);
    return { address: given, folded: "", normalized: "" };
  }

  /** An address that a user is given. */
  newEmail(field: string, given: string): Email {
    const email = this.email(field, given);
    if (email.unfit !== undefined) this.fail(field, email.unfit);
    return email;
  }

  optionalText(name: OptionalText, given: string): string {
    const { field, rule } = optionalTexts[name];
    return this.#text(field, given, rule);
  }

  /** A text for people to read. */
  text(field: string, given: string, max: number): void {
    this.#text(field, given, text(max));
  }

  requiredText(field: string, given: string, max: number): void {
    if (given === "") this.fail(field, "is required");
    else this.text(field, given, max);
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
    this.connectionId(connectionId);
    this.idpId("idp_id", idpId);
  }

  connectionId(given: string): void {
    this.#text("connection_id", given, printable(128));
  }

  /** A subject at any place of a request. */
  idpId(field: string, given: string): void {
    this.#text(field, given, printable(256));
  }

  metadata(metadata: ReadonlyMap<string, string>, name = "metadata"): void {
    this.metadataSize(name, metadata.size);
    let pairs = 0;
    for (const [key, value] of metadata) {
      if (++pairs > metadataLimits.pairs) break;
      const field = `${name}[${JSON.stringify(key.slice(0, metadataLimits.keyCharacters))}]`;
      if (key === "") this.fail(field, `key must be 1-${metadataLimits.keyCharacters} characters`);
      else this.#text(field, key, metadataKey, "key ");
      this.#text(field, value, metadataValue, "value ");
    }
  }

  metadataSize(field: string, pairs: number): void {
    if (pairs > metadataLimits.pairs) {
      this.fail(field, `must leave at most ${metadataLimits.pairs} pairs, not ${pairs}`);
    }
  }

  #text(field: string, given: string, rule: Rule, part = ""): string {
    const parsed = rule(given);
    if ("value" in parsed) return parsed.value;
    this.fail(field, `${part}${parsed.problem}`);
    return given;
  }
}
