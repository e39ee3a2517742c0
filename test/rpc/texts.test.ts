import { describe, expect, it } from "vitest";
import { ApiKeyServiceClient, CreateApiKeyRequest } from "../../gen/ts/roster/v1/api_key_service.js";
import { OrganizationDomainState } from "../../gen/ts/roster/v1/organization.js";
import {
  AuthenticateWithPasswordRequest,
  AuthenticationServiceClient,
} from "../../gen/ts/roster/v1/authentication_service.js";
import { call, failure } from "../support/call.js";
import { createOnly, importRows, row } from "../support/imports.js";
import { createOrganization, newDomain, organizationsOf, updateOrganization } from "../support/organizations.js";
import { provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newEmail, updateUser } from "../support/users.js";

const server = useServer();

/** Every place of a request that takes a text for people to read. */
const places: Record<string, (text: string) => Promise<unknown>> = {
  first_name: async (firstName) => createUser(server.current.users, { firstName }),
  last_name: async (lastName) => updateUser(server.current.users, await userId(), { lastName }),
  name: async (name) => updateUser(server.current.users, await userId(), { name }),
  'metadata["a"]': async (text) => createUser(server.current.users, { metadata: new Map([["a", text]]) }),
  'attributes["a"]': async (text) => signIn({ attributes: new Map([["a", text]]) }),
  "first_name of a profile": async (firstName) => signIn({ firstName }),
  "name of an organization": async (name) => createOrganization(organizations(), { name }),
  "new name of an organization": async (name) => {
    const { id } = await createOrganization(organizations());
    return updateOrganization(organizations(), id, { name });
  },
  "name of an API key": async (name) => {
    const keys = server.current.client(ApiKeyServiceClient);
    return call(keys.createApiKey.bind(keys), CreateApiKeyRequest.fromPartial({ name, scopes: ["users:read"] }));
  },
  user_agent: async (userAgent) => {
    const client = server.current.client(AuthenticationServiceClient);
    const request = { email: newEmail(), password: "wrong horse battery", userAgent };
    const seen = await failure(
      call(client.authenticateWithPassword.bind(client), AuthenticateWithPasswordRequest.fromPartial(request)),
    );
    if (seen.reason !== "INVALID_CREDENTIALS") throw Object.assign(new Error(), { seen });
  },
};

const organizations = () => organizationsOf(server.current);
const userId = async () => (await createUser(server.current.users)).id;
const signIn = async (profile: Parameters<typeof provision>[1]) => {
  const domain = newDomain();
  const { id } = await createOrganization(organizations(), {
    domains: [{ domain, state: OrganizationDomainState.VERIFIED }],
  });
  return provision(server.current.users, { organizationId: id, email: `a@${domain}`, ...profile });
};

const refusal = async (given: Promise<unknown>) => {
  try {
    await given;
  } catch (error) {
    const { seen } = error as { seen?: Awaited<ReturnType<typeof failure>> };
    return seen ?? failure(Promise.reject(error));
  }
  throw new Error("the text was taken");
};

describe.each(Object.keys(places))("%s", (place) => {
  const set = places[place] as (text: string) => Promise<unknown>;

  it.each(["a\0", "a\u001b[2J", "a\u0085b", "gnp.\u202eexe", "\u2066a"])("is not %j", async (text) => {
    const { code, reason, violations } = await refusal(set(text));
    expect([code, reason]).toEqual(["INVALID_ARGUMENT", "INVALID_REQUEST"]);
    expect(violations).toEqual([
      {
        field: place.replace(/^(new )?name of.*/, "name").replace(/ of a profile$/, ""),
        description: expect.stringContaining("must not have control characters"),
      },
    ]);
  });

  it.each(["Zoë 👩\u200d💻", "עדה\u200f לאבלייס"])("may be %j", async (text) => {
    await set(text);
  });
});

describe("a row of an import", () => {
  it("is held to the same rule as a call", async () => {
    const [bad, good] = await importRows(server.current.users, createOnly, [
      row({ firstName: "a\u202eb", lastName: "a\n", metadata: new Map([["k\u2069", "v\u0007"]]) }),
      row({ firstName: "Zoë", metadata: new Map([["address", "1 Main St\r\n\tSpringfield"]]) }),
    ]);
    expect(bad?.error?.fieldViolations.map(({ field }) => field)).toEqual([
      "first_name",
      "last_name",
      'metadata["k\u2069"]',
      'metadata["k\u2069"]',
    ]);
    const { metadata } = await getUser(server.current.users, good?.userId ?? "");
    expect(metadata.get("address")).toBe("1 Main St\r\n\tSpringfield");
  });
});
