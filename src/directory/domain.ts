import { domainToASCII } from "node:url";

const hostName = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const allNumeric = /^[0-9.]+$/;
// What a domain may be written with; the URL parser behind domainToASCII would also take percent encoding.
const domainText = /^[a-zA-Z0-9._\-\u0080-\u{10ffff}]+$/u;

/** A domain name in its ASCII form (IDNA, lower case), or undefined when it is none. */
export const toAsciiDomain = (given: string): string | undefined => {
  const domain = domainText.test(given) ? domainToASCII(given) : "";
  return hostName.test(domain) && !allNumeric.test(domain) ? domain : undefined;
};

/** The domain of a normalized email, in its ASCII form. */
export const domainOf = (normalizedEmail: string): string =>
  normalizedEmail.slice(normalizedEmail.lastIndexOf("@") + 1);
