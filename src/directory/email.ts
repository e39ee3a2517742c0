import { caseFolding } from "../../gen/ts/case-folding.js";
import { domainOf, toAsciiDomain } from "./domain.js";

const maxBytes = 254;
const maxLocalBytes = 64;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const spaceOrControl = /[\s\u0000-\u001f\u007f-\u009f]/u;
// What the HTML standard's definition of an email address allows, and letters, marks and digits of other scripts. Some of
// these cannot be seen.
const localPart = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~\-\p{L}\p{M}\p{Nd}]+$/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** An address in the forms by which the directory keeps and compares it. */
export interface Email {
  /** As given, with surrounding white space removed. */
  readonly address: string;
  /**
   * Equal for two addresses exactly when they are the same: the simple case folding of the NFC form before the @, the
   * domain in its ASCII form.
   */
  readonly folded: string;
  /**
   * What versions before `folded` compared: lower case, which depends on what stands beside a letter. Users are still found
   * by it before all others, and keep it unique, for servers of those versions.
   */
  readonly normalized: string;
  /**
   * Why no user can be given this address; absent where one can. Versions before took more, so that users are looked up and
   * sign in with any.
   */
  readonly unfit?: string;
}

/** Reads an email address, or says what is wrong with it. */
export const parseEmail = (given: string): Email | { problem: string } => {
  const address = given.trim();
  if (address === "") return { problem: "is required" };
  if (Buffer.byteLength(address) > maxBytes) return { problem: `must be at most ${maxBytes} bytes` };
  const local = localOf(address);
  if (local === "" || local.includes("@") || spaceOrControl.test(address)) {
    return { problem: "must be an email address, like ada@example.com" };
  }
  const domain = toAsciiDomain(address.slice(local.length + 1));
  if (domain === undefined) {
    return { problem: "must have a domain name behind the @, like ada@example.com" };
  }
  const unfit = unfitLocal(local);
  return {
    address,
    folded: `${fold(local)}@${domain}`,
    normalized: `${toLowerCase(local)}@${domain}`,
    ...(unfit !== undefined && { unfit }),
  };
};

/** `Email.folded` of an address that is stored. */
export const foldedEmailOf = ({ email, normalizedEmail }: { email: string; normalizedEmail: string }): string =>
  `${fold(localOf(email))}@${domainOf(normalizedEmail)}`;

const localOf = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf("@")));

const unfitLocal = (local: string): string | undefined => {
  if (Buffer.byteLength(local) > maxLocalBytes) return `must have at most ${maxLocalBytes} bytes before the @`;
  return localPart.test(local) && !invisible.test(local)
    ? undefined
    : "must have nothing before the @ but letters, digits and !#$%&'*+-/=?^_`{|}~. and no character that cannot be seen";
};

const folding = new Map(caseFolding.map(([from, to]) => [String.fromCodePoint(from), String.fromCodePoint(to)]));
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for ASCII
const ascii = /^[\u0000-\u007f]*$/;

const fold = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase();
  // Folding can break a composed form apart, so NFC comes last as well.
  return Array.from(text.normalize("NFC"), (letter) => folding.get(letter) ?? letter)
    .join("")
    .normalize("NFC");
};

const toLowerCase = (text: string): string => text.normalize("NFC").toLowerCase().normalize("NFC");
