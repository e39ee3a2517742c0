import { beforeAll, describe, expect, it } from "vitest";
import { ApiKeyServiceClient, CreateApiKeyRequest } from "../../gen/ts/roster/v1/api_key_service.js";
import { EventServiceClient, ListEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import type { CreatedApiKey } from "../../src/directory/api-keys/create-api-key.js";
import { apiKeysIn, askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { call, collect } from "../support/call.js";
import { settled } from "../support/events.js";
import { useServer } from "../support/server.js";

const server = useServer({ env: askingCallers });
let operator: CreatedApiKey;

beforeAll(async () => {
  operator = await makeKey(server.current.db, ["admin"], "Operator");
});

/** The events of a key, whole. */
const eventsOf = async (id: string) => {
  const { db, client } = server.current;
  await settled(db);
  const events = client(EventServiceClient, withKey(operator));
  const types = ["api_key.created", "api_key.revoked"];
  const pages = await collect(events.listEvents(ListEventsRequest.fromPartial({ types })));
  return pages
    .flatMap((page) => page.events)
    .filter(({ object }) => object?.$case === "apiKey" && object.value.id === id);
};

describe("an API key", () => {
  it("is told when it is made and revoked by a caller, with the caller, and never with its secret", async () => {
    const keys = server.current.client(ApiKeyServiceClient, withKey(operator));
    const request = CreateApiKeyRequest.fromPartial({ name: "Billing", scopes: ["users:read"] });
    const { apiKey, secret } = await call(keys.createApiKey.bind(keys), request);
    const id = apiKey?.id as string;
    const { apiKey: revoked } = await call(keys.revokeApiKey.bind(keys), { id });
    await call(keys.revokeApiKey.bind(keys), { id });
    const events = await eventsOf(id);
    const actor = { id: operator.key.id, name: "Operator" };
    expect(events.map(({ type, object, context }) => [type, object?.value, context?.actor])).toEqual([
      ["api_key.created", apiKey, actor],
      ["api_key.revoked", revoked, actor],
    ]);
    const stored = JSON.stringify(await server.current.db.collection("events").find().toArray());
    expect(stored).toContain(id);
    expect(stored).not.toContain(secret.slice(-43));
    expect(stored).not.toContain("secretHash");
  });

  it("is told without an actor when it is made and revoked in the database", async () => {
    const { key } = await makeKey(server.current.db, ["users:read"], "By hand");
    await Promise.all(Array.from({ length: 5 }, () => apiKeysIn(server.current.db).revoke({ id: key.id })));
    const events = await eventsOf(key.id);
    expect(events.map(({ type, context }) => [type, context?.actor])).toEqual([
      ["api_key.created", undefined],
      ["api_key.revoked", undefined],
    ]);
  });
});
