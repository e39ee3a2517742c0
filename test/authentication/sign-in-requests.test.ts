import { describe, expect, it } from "vitest";
import { attemptsOf, goodPassword, invalidCredentials, signIn } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

interface Given {
  readonly email?: string;
  readonly password?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

const send = ({ email = newEmail(), password = goodPassword, ...more }: Given) =>
  signIn(server.current, email, password, more);

const address = "must be an IPv4 or IPv6 address";
const agent = "must be at most 1024 characters";

describe("a request of AuthenticateWithPassword is refused with", () => {
  const wrong: [name: string, given: Given, field: string, description: string][] = [
    ["no email", { email: "" }, "email", "is required"],
    ["an email without a domain", { email: "ada" }, "email", "must be an email address, like ada@example.com"],
    ["an email of 255 bytes", { email: `${"x".repeat(243)}@example.com` }, "email", "must be at most 254 bytes"],
    ["no password", { password: "" }, "password", "is required"],
    ["a password of 4,097 bytes", { password: `${"x".repeat(4_095)}é` }, "password", "must be at most 4096 bytes"],
    ["a host name", { ipAddress: "example.com" }, "ip_address", address],
    ["half an address", { ipAddress: "192.0.2" }, "ip_address", address],
    ["an address and a port", { ipAddress: "192.0.2.1:443" }, "ip_address", address],
    ["an address in brackets", { ipAddress: "[2001:db8::1]" }, "ip_address", address],
    ["a network", { ipAddress: "192.0.2.0/24" }, "ip_address", address],
    ["an address with a zone without end", { ipAddress: `fe80::1%${"a".repeat(100_000)}` }, "ip_address", address],
    ["a user agent of 1,025 characters", { userAgent: "🦊".repeat(1_025) }, "user_agent", agent],
  ];

  it.each(wrong)("%s", async (_name, given, field, description) => {
    expect(await failure(send(given))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      message: `${field}: ${description}`,
      violations: [{ field, description }],
    });
  });

  it("all that is wrong at once, and does not count as an attempt", async () => {
    const error = await failure(send({ email: "", password: "", ipAddress: "?", userAgent: "x".repeat(1_025) }));
    expect(error.violations).toEqual([
      { field: "email", description: "is required" },
      { field: "password", description: "is required" },
      { field: "ip_address", description: address },
      { field: "user_agent", description: agent },
    ]);
    const email = newEmail();
    await failure(send({ email, ipAddress: "?" }));
    expect(await attemptsOf(server.current, email)).toBeNull();
  });
});

describe("a request of AuthenticateWithPassword is taken with", () => {
  const right: [name: string, given: Given, told: { ipAddress: string | undefined; userAgent: string | undefined }][] =
    [
      ["an IPv4 address", { ipAddress: "192.0.2.1" }, { ipAddress: "192.0.2.1", userAgent: undefined }],
      ["an IPv6 address", { ipAddress: "2001:DB8::1" }, { ipAddress: "2001:DB8::1", userAgent: undefined }],
      [
        "an IPv4 address in IPv6 with a zone",
        { ipAddress: "fe80::192.0.2.1%eth0" },
        { ipAddress: "fe80::192.0.2.1%eth0", userAgent: undefined },
      ],
      ["empty ones", { ipAddress: "", userAgent: "" }, { ipAddress: undefined, userAgent: undefined }],
      [
        "a user agent of 1,024 characters",
        { userAgent: "🦊".repeat(1_024) },
        { ipAddress: undefined, userAgent: "🦊".repeat(1_024) },
      ],
    ];

  it.each(right)("%s, and its event tells it", async (_name, given, told) => {
    const user = await createUser(server.current.users, { password: goodPassword });
    expect((await send({ email: ` ${user.email.toUpperCase()} `, ...given })).id).toBe(user.id);
    const types = ["authentication.password_succeeded"];
    const events = () => listEvents(server.current.address, { userId: user.id, types });
    await expect.poll(async () => (await events()).length).toBe(1);
    const [event] = await events();
    expect(event?.object?.value).toMatchObject({ userId: user.id, email: user.email.toUpperCase(), ...told });
  });

  it("a password of 4,096 bytes, which is wrong", async () => {
    expect(await failure(send({ password: "x".repeat(4_096) }))).toEqual(invalidCredentials);
  });
});
