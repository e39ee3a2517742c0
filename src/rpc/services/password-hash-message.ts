import {
  PasswordHashAlgorithm,
  type PasswordHash as PasswordHashMessage,
  SaltPosition,
} from "../../../gen/ts/roster/v1/password.js";
import type { PasswordHash } from "../../passwords/index.js";

/** A password hash as the directory takes it; names that do not exist are for it to refuse. */
export const fromPasswordHashMessage = (message: PasswordHashMessage | undefined): PasswordHash | undefined =>
  message && {
    algorithm: PasswordHashAlgorithm[message.algorithm] as PasswordHash["algorithm"],
    hash: message.hash,
    saltPosition:
      message.saltPosition === SaltPosition.UNSPECIFIED
        ? undefined
        : ((SaltPosition[message.saltPosition] ?? "UNRECOGNIZED") as PasswordHash["saltPosition"]),
  };

/** A password hash as clients see it, in an export. */
export const toPasswordHashMessage = ({ algorithm, hash, saltPosition }: PasswordHash): PasswordHashMessage => ({
  algorithm: PasswordHashAlgorithm[algorithm],
  hash,
  saltPosition: saltPosition === undefined ? SaltPosition.UNSPECIFIED : SaltPosition[saltPosition],
});
