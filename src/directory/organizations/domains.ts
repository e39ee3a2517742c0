import type { Lookup } from "../commit/mutation.js";
import { toAsciiDomain } from "../domain.js";
import type { FieldChecker } from "../field-checker.js";
import type { DomainState, Organization } from "../organization.js";

/** A domain as a request brings it. The state is undefined for a value that is not known. */
export interface GivenDomain {
  readonly domain: string;
  readonly state: DomainState | undefined;
}

/** A domain of an organization, in its ASCII form. */
export type Domain = Organization["domains"][number];

/** Most domains of an organization, and most that one request names. */
export const maxDomains = 100;
// A name of 253 bytes is shorter in every sensible spelling, and the time to convert one grows with its square.
const maxGiven = 1_024;

/** The domain in its ASCII form; unlike that of an email it has two labels or more. It holds once `check` is done. */
export const checkDomain = (check: FieldChecker, field: string, given: string): string => {
  const domain = given.length <= maxGiven ? toAsciiDomain(given) : undefined;
  if (domain?.includes(".")) return domain;
  check.fail(field, given === "" ? "is required" : "must be a domain name, like example.com");
  return "";
};

/** The domains that `domains` of a request names, each once. They hold once `check` is done. */
export const checkDomains = (check: FieldChecker, given: readonly GivenDomain[]): Domain[] => {
  const seen = new Set<string>();
  return check.items("domains", given, 0, maxDomains).map((one, i) => {
    const domain = checkDomain(check, `domains[${i}].domain`, one.domain);
    if (seen.has(domain)) check.fail(`domains[${i}].domain`, "must not be a domain that is given before");
    if (domain !== "") seen.add(domain);
    if (one.state === undefined) {
      check.fail(
        `domains[${i}].state`,
        "must be ORGANIZATION_DOMAIN_STATE_PENDING or ORGANIZATION_DOMAIN_STATE_VERIFIED",
      );
    }
    return { domain, state: one.state ?? "pending" };
  });
};

/** What `verifiedDomains` of an organization with these domains is. */
export const verifiedOf = (domains: readonly Domain[]): Pick<Organization, "verifiedDomains"> => {
  const verified = domains.filter(({ state }) => state === "verified").map(({ domain }) => domain);
  return verified.length > 0 ? { verifiedDomains: verified } : {};
};

/** Looks up who has verified those of the domains that are to be verified. */
export const verifiedLookups = (domains: readonly Domain[]): Lookup[] =>
  (verifiedOf(domains).verifiedDomains ?? []).map((value) => ({
    table: "organizations",
    key: "verifiedDomains",
    value,
  }));
