import { toAsciiDomain } from "./domain.js";

const maxBytes = 254;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const spaceOrControl = /[\s\u0000-\u001f\u007f-\u009f]/u;

/** An address in the two forms that the directory keeps. */
export interface Email {
  /** As given, with surrounding white space removed. */
  address: string;
  /** Equal for two addresses exactly when they are the same: NFC and lower case, the domain in its ASCII form. */
  normalized: string;
}

/** Reads an email address, or says what is wrong with it. */
export const parseEmail = (given: string): Email | { problem: string } => {
  const address = given.trim();
  if (address === "") return { problem: "is required" };
  if (Buffer.byteLength(address) > maxBytes) return { problem: `must be at most ${maxBytes} bytes` };
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  if (at < 1 || local.includes("@") || spaceOrControl.test(address)) {
    return { problem: "must be an email address, like ada@example.com" };
  }
  const domain = toAsciiDomain(address.slice(at + 1));
  if (domain === undefined) {
    return { problem: "must have a domain name behind the @, like ada@example.com" };
  }
  return { address, normalized: `${fold(local)}@${domain}` };
};

// Lower case can break a composed form apart, so NFC comes last as well.
const fold = (text: string): string => text.normalize("NFC").toLowerCase().normalize("NFC");
