import { FieldChecker } from "./field-checker.js";
import { keysetList } from "./lists/keyset-list.js";
import { checkListRequest, type ListRequest, type Page } from "./lists/list-request.js";
import type { KeyRange, RangeAnswer } from "./lists/range.js";
import { userBytes } from "./message-size.js";
import { type User, type UserStatus, userStatuses } from "./user.js";
import type { UserFilter, UserReader } from "./user-reader.js";

/** What `ListUsers` takes. Empty texts and arrays are the same as absent. */
export interface ListUsers extends ListRequest {
  readonly email: string;
  readonly externalIds: readonly string[];
  readonly ids: readonly string[];
  readonly organizationId: string;
  readonly statuses: readonly (UserStatus | "unknown")[];
}

/** Checks the request and returns the pages. */
export const listUsers = (request: ListUsers, reader: UserReader, signal: AbortSignal): AsyncGenerator<Page<User>> => {
  const check = new FieldChecker();
  const part = checkListRequest(check, "user", request);
  const email = request.email === "" ? undefined : check.email("email", request.email);
  check
    .items("external_ids", request.externalIds, 0, 1_000)
    .forEach((id, i) => check.externalId(`external_ids[${i}]`, id));
  check.items("ids", request.ids, 0, 1_000).forEach((id, i) => check.id("user", `ids[${i}]`, id));
  if (request.organizationId !== "") check.id("org", "organization_id", request.organizationId);
  check.items("statuses", request.statuses, 0, 100).forEach((status, i) => {
    if (status === "unknown") check.fail(`statuses[${i}]`, "must be USER_STATUS_ACTIVE or USER_STATUS_INACTIVE");
  });
  check.done();

  // All of them together are no filter.
  const statuses = userStatuses.filter((status) => request.statuses.includes(status));
  const [status] = statuses.length === 1 ? statuses : [];

  const filter: UserFilter = {
    ...(request.externalIds.length > 0 && { externalIds: request.externalIds }),
    ...(request.ids.length > 0 && { ids: request.ids }),
    ...(status && { status }),
  };
  const open = async (): Promise<Read> => {
    const normalizedEmail = email && ((await reader.byEmail(email))?.normalizedEmail ?? email.normalized);
    const matching: UserFilter = { ...filter, ...(normalizedEmail !== undefined && { normalizedEmail }) };
    return request.organizationId === ""
      ? (keys) => reader.range(matching, keys, signal)
      : reader.membersOf(request.organizationId, matching, signal);
  };
  let opened: Promise<Read> | undefined;
  const range: Read = async (keys) => (await (opened ??= open()))(keys);
  return keysetList({ range, bytesOf: userBytes }, part);
};

type Read = (keys: KeyRange) => Promise<RangeAnswer<User>>;
