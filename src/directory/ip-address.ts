import { isIPv4 } from "node:net";

/**
 * The network that an IP address counts as: an IPv4 address itself, also one in IPv6 form (`::ffff:192.0.2.1`); of an IPv6
 * address the first 64 bits, because whoever has one has as many as the rest allows. A zone (`%eth0`) says nothing.
 */
export const networkOf = (address: string): string => {
  const [plain = ""] = address.split("%");
  if (isIPv4(plain)) return plain;
  const groups = groupsOf(plain);
  if (groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff") return toIPv4(groups.slice(6));
  return `${groups.slice(0, 4).join(":")}::/64`;
};

/** The eight groups of an IPv6 address, in lower case and without leading zeros. */
const groupsOf = (address: string): string[] => {
  // Brings every spelling to the shortest one.
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = "", after = ""] = shortest.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after];
};

const toIPv4 = (groups: readonly string[]): string =>
  groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 0xff])
    .join(".");
