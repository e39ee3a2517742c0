import { describe, expect, it } from "vitest";
import { serverTarget } from "../../src/commands/bulk/server-options.js";

const key = { ROSTER_API_KEY: "sk_x" };

describe("ROSTER_API_KEY without TLS", () => {
  it.each(["127.0.0.1:50051", "127.8.8.8:1", "localhost:1", "[::1]:1", "unix:/run/roster.sock"])(
    "goes to %s",
    (address) => {
      expect(serverTarget({ tls: false, address }, key).address).toBe(address);
    },
  );

  it.each(["10.0.0.1:1", "roster.internal:50051", "localhost.example.com:1", "dns:///localhost:1", "roster"])(
    "does not go to %s",
    (address) => {
      expect(() => serverTarget({ tls: false, address }, key)).toThrow(
        `ROSTER_API_KEY would cross the network to ${address} without encryption; see --tls and --tls-ca`,
      );
      expect(serverTarget({ tls: true, address }, key).address).toBe(address);
      expect(serverTarget({ tls: false, address }, {}).address).toBe(address);
    },
  );
});
