import type { KeyRange, RangeAnswer } from "../lists/range.js";
import type { Organization } from "../organization.js";

/** Which organizations a list is about; what is absent does not filter. */
export interface OrganizationFilter {
  /** In their ASCII form; an organization matches that has one of them, pending or verified. */
  readonly domains?: readonly string[];
}

/** Reads organizations. What `UserReader` states of reads holds here too. */
export interface OrganizationReader {
  byId(id: string): Promise<Organization | undefined>;
  byExternalId(externalId: string): Promise<Organization | undefined>;
  /** The organizations of one range that match the filter. */
  range(filter: OrganizationFilter, range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<Organization>>;
}
