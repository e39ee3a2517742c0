import { expect, it } from "vitest";
import { AuthenticationServiceClient } from "../../gen/ts/roster/v1/authentication_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { hashMessage, oneOfEach } from "../support/authentication.js";
import { call, failure } from "../support/call.js";
import { newCaller, useTracedServer } from "../support/traces.js";
import { createUser, everyField, newKey, updateUser } from "../support/users.js";

const traced = useTracedServer();

it("nothing of requests, answers and documents is in a span", async () => {
  const { client, metadata } = newCaller(UserServiceClient, traced.address);
  metadata.set("authorization", "Bearer sk_a_key_that_nobody_made");
  const password = "Sesam öffne dich 7";
  // Long texts: ids are random bytes, in which three letters are found by chance.
  const user = { ...everyField(), firstName: "Augusta Ada", metadata: new Map([["plan", newKey()]]) };
  const created = await createUser(client, { ...user, password, requestId: "a-request-of-mine" });
  await failure(createUser(client, { ...user, password }));
  await updateUser(client, created.id, { password: "staple of another kind" });
  const hashes = oneOfEach("plain");
  for (const vector of hashes) await createUser(client, { passwordHash: hashMessage(vector) });
  const { client: authentication } = newCaller(AuthenticationServiceClient, traced.address);
  const signIn = authentication.authenticateWithPassword.bind(authentication);
  for (const given of [password, "staple of another kind"]) {
    const request = { email: user.email, password: given, ipAddress: "203.0.113.7", userAgent: "An Agent" };
    await call(signIn, request).catch(() => {});
  }
  expect((await traced.server.kill("SIGTERM")).code).toBe(0);

  const names = new Set(traced.collector.spans.map(({ name }) => name));
  for (const name of ["hash password", "verify password", "findAndModify attempts", "insert credentials"]) {
    expect(names).toContain(name);
  }
  const sent = Buffer.concat(traced.collector.messages);
  const { metadata: pairs, emailVerified: _, locale: __, ...texts } = user;
  const unwanted = [
    ...Object.values(texts),
    ...pairs.values(),
    ...hashes.flatMap(({ hash }) => hash.split(/[$,=}]/).filter((part) => part.length >= 20)),
    ...["sk_a_key", "Sesam öffne", "staple of another kind", "$2b$10$", "a-request-of-mine", "203.0.113.7", "An Agent"],
    created.id,
  ];
  expect(unwanted.filter((text) => sent.includes(text))).toEqual([]);
});
