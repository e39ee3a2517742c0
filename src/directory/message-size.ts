import type { ApiKey } from "./api-keys/api-key.js";
import { optionalTextNames } from "./field-rules.js";
import type { Identity } from "./identity.js";
import type { Membership } from "./membership.js";
import type { Metadata } from "./metadata.js";
import type { Organization } from "./organization.js";
import type { User } from "./user.js";

/** Most bytes of a message in a stream. Most gRPC clients refuse messages of more than 4 MiB. */
export const maxMessageBytes: number = 3 * 1024 * 1024;

/**
 * At least as many bytes as a user takes, in a message or in the database: three for each UTF-16 unit, the most UTF-8
 * needs, and the names of all fields.
 */
export const userBytes = (user: User): number => {
  let units = user.email.length;
  for (const name of optionalTextNames) units += user[name]?.length ?? 0;
  return 600 + 3 * (units + unitsOf(user.metadata));
};

/** At least as many bytes as an organization takes; see `userBytes`. */
export const organizationBytes = ({ name, domains, externalId, metadata }: Organization): number => {
  let units = name.length + (externalId?.length ?? 0);
  // A verified domain stands in the database twice.
  for (const { domain } of domains) units += 2 * domain.length + 20;
  return 600 + 3 * (units + unitsOf(metadata));
};

/** At least as many bytes as a membership takes; see `userBytes`. */
export const membershipBytes = ({ organizationName, role }: Membership): number =>
  600 + 3 * (organizationName.length + role.length);

/** At least as many bytes as an identity takes; see `userBytes`. */
export const identityBytes = ({ connectionId, idpId, email, attributes }: Identity): number =>
  // Its id and the two forms of the email stand in the database as well.
  600 + 3 * (2 * (connectionId.length + idpId.length + email.length) + unitsOf(attributes));

/** At least as many bytes as an API key takes; see `userBytes`. */
export const apiKeyBytes = ({ name }: ApiKey): number => 600 + 3 * name.length;

const unitsOf = (metadata: Metadata): number => {
  let units = 0;
  for (const key in metadata) units += key.length + (metadata[key]?.length ?? 0) + 10;
  return units;
};
