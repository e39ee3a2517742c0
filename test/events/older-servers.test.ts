import { describe, expect, it } from "vitest";
import { makeKey } from "../support/api-keys.js";
import { allEvents } from "../support/events.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();

interface StoredEvent {
  readonly type: string;
  readonly user?: object;
  readonly organization?: object;
  readonly membership?: object;
  readonly authentication?: { readonly email: string; readonly userId?: string };
}

/** What a server of commit f043ae8 takes an event to be about: without one of these it can neither number nor deliver it. */
const objectFor = ({ user, organization, membership, authentication }: StoredEvent) =>
  user ?? organization ?? membership ?? authentication;

describe("what is stored of an event that the version before does not know", () => {
  it("has what that one needs, and no more", async () => {
    const domain = `${newKey()}.example`;
    const organizationId = await insertOrganization(server.current.db, { [domain]: "verified" });
    const email = `ada@${domain}`;
    const { user } = await provision(server.current.users, { organizationId, email });
    await makeKey(server.current.db, ["admin"]);
    const told = await allEvents(server.current, {});
    expect(told.map(({ object }) => object?.$case)).toEqual([
      "user",
      "identity",
      "organizationMembership",
      "authentication",
      "apiKey",
    ]);
    const entries = await server.current.db.collection<{ events: StoredEvent[] }>("events").find().toArray();
    const stored = entries.flatMap(({ events }) => events);
    expect(stored.map(objectFor).filter((object) => object === undefined)).toEqual([]);
    const unknown = stored.filter(({ type }) => /^(identity|api_key)\./.test(type));
    expect(unknown.map(objectFor)).toEqual([{ email, userId: user?.id }, { email: "" }]);
  });
});
