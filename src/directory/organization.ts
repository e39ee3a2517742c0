import type { Metadata } from "./metadata.js";

/** Whether the caller has seen proof that a domain is the organization's. */
export type DomainState = "pending" | "verified";

/** A customer of the application. The rules of each field are stated in `proto/roster/v1/organization.proto`. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** In the order in which they were added, each in its ASCII form and at most once. */
  readonly domains: readonly { readonly domain: string; readonly state: DomainState }[];
  /** Those of `domains` that are verified: no other organization has one of them. Absent when there are none. */
  readonly verifiedDomains?: readonly string[];
  readonly externalId?: string;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
}
