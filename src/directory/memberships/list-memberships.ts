import { FieldChecker } from "../field-checker.js";
import { keysetList } from "../lists/keyset-list.js";
import { checkListRequest, type ListRequest, type Page } from "../lists/list-request.js";
import type { Membership, MembershipStatus } from "../membership.js";
import { membershipBytes } from "../message-size.js";
import type { MembershipFilter, MembershipReader } from "./membership-reader.js";

/** What `ListOrganizationMemberships` takes. Empty texts and arrays are the same as absent. */
export interface ListMemberships extends ListRequest {
  readonly userId: string;
  readonly organizationId: string;
  /** Undefined: a value that is not known. */
  readonly statuses: readonly (MembershipStatus | undefined)[];
}

/** Checks the request and returns the pages. */
export const listMemberships = (
  request: ListMemberships,
  reader: MembershipReader,
  signal: AbortSignal,
): AsyncGenerator<Page<Membership>> => {
  const { userId, organizationId, statuses } = request;
  const check = new FieldChecker();
  const part = checkListRequest(check, "om", request);
  if (userId !== "") check.id("user", "user_id", userId);
  if (organizationId !== "") check.id("org", "organization_id", organizationId);
  if (userId === "" && organizationId === "") check.fail("user_id", "is required where organization_id is not given");
  check.items("statuses", statuses, 0, 3).forEach((status, i) => {
    if (status === undefined) check.fail(`statuses[${i}]`, "must be a known status, and not unspecified");
  });
  check.done();

  const known = statuses.filter((status) => status !== undefined);
  const filter: MembershipFilter = {
    ...(userId !== "" && { userId }),
    ...(organizationId !== "" && { organizationId }),
    statuses: known.length > 0 ? known : ["active"],
  };
  return keysetList({ range: (range) => reader.range(filter, range, signal), bytesOf: membershipBytes }, part);
};
