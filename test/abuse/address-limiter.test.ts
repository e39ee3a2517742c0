import { describe, expect, it } from "vitest";
import { AddressLimiter, addressName } from "../../src/rpc/address-limiter.js";

describe("an address counts as", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8:1::1", "2001:db8:1:0::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["64:ff9b::10.0.0.1", "64:ff9b:0:0::/64"],
    ["1:2:3::10.0.0.1", "1:2:3:0::/64"],
    ["", ""],
  ])("%s: %s", (ip, name) => {
    expect(addressName(ip)).toBe(name);
  });
});

describe("what is limited by address", () => {
  it("is limited by /64, however many addresses of it there are: connections", () => {
    const limiter = new AddressLimiter(3);
    const open = (host: number) => limiter.open(`2001:db8::${host.toString(16)}`);
    const opened = [1, 2, 3].map(open);
    expect(open(4)).toBeUndefined();
    expect(limiter.open("2001:db8:0:1::1")).toBeDefined();
    for (const address of opened) if (address) limiter.close(address);
    limiter.tick();
    expect(open(5)).toBeDefined();
  });

  it("is limited by /64: refused calls, of which as many as a second has are made good in a second", () => {
    const limiter = new AddressLimiter(10);
    const refuse = (times: number) =>
      Array.from({ length: times }, (_, host) => limiter.of(`2001:db8::${host.toString(16)}`).refusals.spend());
    expect(refuse(250)).toEqual([...Array(200).fill(true), ...Array(50).fill(false)]);
    expect(limiter.of("2001:db8::abcd").refusals.isSpent).toBe(true);
    expect(limiter.of("2001:db8:0:1::").refusals.isSpent).toBe(false);
    for (let passed = 0; passed < 1_000; passed += AddressLimiter.tickMs) limiter.tick();
    expect(refuse(151)).toEqual([...Array(150).fill(true), false]);
  });
});
