import { FieldChecker } from "../field-checker.js";
import { eventIdPrefix, eventTypes } from "./event.js";
import type { EventFilter } from "./event-log.js";

/** What requests for events have in common. Empty texts and arrays are the same as absent. */
export interface FilterRequest {
  readonly after: string;
  readonly types: readonly string[];
  readonly userId: string;
  readonly organizationId: string;
}

/** Checks the common fields and returns the filter. */
export const checkFilter = (
  check: FieldChecker,
  { after, types, userId, organizationId }: FilterRequest,
): EventFilter => {
  if (after !== "") check.id(eventIdPrefix, "after", after);
  check.items("types", types, 0, 100).forEach((type, i) => {
    if (!eventTypes.some((known) => known === type)) {
      check.fail(`types[${i}]`, `must be one of ${eventTypes.join(", ")}`);
    }
  });
  if (userId !== "") check.id("user", "user_id", userId);
  if (organizationId !== "") check.id("org", "organization_id", organizationId);
  return {
    ...(types.length > 0 && { types }),
    ...(userId !== "" && { userId }),
    ...(organizationId !== "" && { organizationId }),
  };
};
