/** A value in the form that is stored, or what is wrong with the one given. */
type Parsed = { value: string } | { problem: string };
/** What a text must be. */
export type Rule = (given: string) => Parsed;

const valid = (value: string): Parsed => ({ value });
const printableAscii = /^[\x21-\x7e]+$/;

/** Whether a text has at most so many characters (code points). Looks at no more of it than that takes. */
const hasAtMostCharacters = (text: string, max: number): boolean =>
  text.length <= max || (text.length <= 2 * max && [...text].length <= max);

// Control characters (Cc) break what shows a text, bidi overrides and isolates turn what stands around it, and a lone
// surrogate is no text. Other invisible characters are part of scripts and of emoji.
const notInTexts = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const tabsAndLineBreaks = /[\t\n\r]/g;
const directions = "bidi overrides or isolates (U+202A-202E, U+2066-2069)";

/** At most `max` characters for people to read, in one line: the rule of every such text. */
export const text =
  (max: number): Rule =>
  (given) => {
    if (!hasAtMostCharacters(given, max)) return { problem: `must be at most ${max} characters` };
    return notInTexts.test(given) ? { problem: `must not have control characters, ${directions}` } : valid(given);
  };

/** The same, and tabs and line breaks. */
export const longText =
  (max: number): Rule =>
  (given) => {
    if (!hasAtMostCharacters(given, max)) return { problem: `must be at most ${max} characters` };
    return notInTexts.test(given.replace(tabsAndLineBreaks, ""))
      ? { problem: `must not have control characters beside tabs and line breaks, ${directions}` }
      : valid(given);
  };

/** 1 to `max` printable ASCII characters. */
export const printable =
  (max: number): Rule =>
  (given) =>
    given.length <= max && printableAscii.test(given)
      ? valid(given)
      : { problem: `must be 1-${max} printable ASCII characters without spaces` };

// Spaces inside, none at either end.
const externalIdPattern = /^(?! )[\x20-\x7e]{1,128}(?<! )$/;

const externalId: Rule = (given) =>
  externalIdPattern.test(given)
    ? valid(given)
    : { problem: "must be 1-128 printable ASCII characters without a space at either end" };

const rolePattern = /^[a-z0-9_:-]{1,64}$/;

/** What a user is in an organization. */
export const role: Rule = (given) =>
  rolePattern.test(given) ? valid(given) : { problem: "must be 1-64 of a-z, 0-9, -, _ and :" };

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
  firstName: { field: "first_name", rule: text(256) },
  lastName: { field: "last_name", rule: text(256) },
  name: { field: "name", rule: text(256) },
  profilePictureUrl: { field: "profile_picture_url", rule: httpUrl(2_048) },
  externalId: { field: "external_id", rule: externalId },
  locale: { field: "locale", rule: languageTag },
} as const satisfies Record<string, { field: string; rule: Rule }>;

/** The name of an optional text of a user. */
export type OptionalText = keyof typeof optionalTexts;
export const optionalTextNames = Object.keys(optionalTexts) as OptionalText[];
