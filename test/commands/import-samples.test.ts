import { describe, expect, it } from "vitest";
import { type PasswordHashAlgorithm, parsePasswordHash, verifyPassword } from "../../src/passwords/index.js";
import type { JsonObject } from "../../src/commands/rows/json-object.js";
import { readSample, type ReadRow } from "../support/samples.js";

/** What is expected of a sample: hashes are told by the passwords that they must verify. */
interface Expected {
  readonly format: string;
  readonly rows: readonly { readonly json: JsonObject; readonly password?: string; readonly rejected?: string }[];
}

const ann = {
  json: {
    email: "ann@example.com",
    email_verified: true,
    first_name: "Ann",
    last_name: "Example",
    external_id: "dbfcd8d1-f119-4c89-9409-544380000001",
    metadata: { username: "ann", phone: "600000001", team: '["red","blue"]' },
    locale: "de",
    created_at: "2023-09-02T15:50:53.579Z",
  },
  password: "user1",
};
const keycloakUser = (name: string, number: number) => ({
  email: `${name.toLowerCase()}@example.com`,
  email_verified: true,
  first_name: name,
  last_name: "Example",
  external_id: `dbfcd8d1-f119-4c89-9409-54438000000${number}`,
  metadata: { username: name.toLowerCase() },
  created_at: "2023-09-02T15:50:53.579Z",
});

const samples: Readonly<Record<string, Expected>> = {
  "firebase-users.json": {
    format: "firebase",
    rows: [
      {
        json: {
          email: "user1@example.com",
          email_verified: true,
          name: "User One",
          profile_picture_url: "https://example.com/one.png",
          external_id: "ZOTVnyBHZqPJ4FBUnPCYTrTIR3q1",
          metadata: { phone_number: "+15555550100", role: "admin", seats: "5" },
          last_sign_in_at: "2024-11-18T13:10:12.000Z",
          created_at: "2020-01-01T12:00:00.123Z",
        },
        // The vector that Firebase publishes with its scrypt.
        password: "user1password",
      },
      {
        json: {
          email: "grace@example.com",
          email_verified: true,
          name: "Grace Hopper",
          external_id: "fGoogleOnly0000000000000001a",
          last_sign_in_at: "2024-11-18T13:10:12.000Z",
          created_at: "2020-01-01T12:00:00.000Z",
        },
      },
      {
        // Without an email: for the server to reject.
        json: {
          email_verified: false,
          external_id: "fPhoneOnly00000000000000001b",
          metadata: { phone_number: "+15555550101" },
          created_at: "2020-01-01T12:00:00.000Z",
        },
      },
      {
        json: {
          email: "disabled@example.com",
          email_verified: false,
          external_id: "fDisabled000000000000000001c",
          created_at: "2020-01-01T12:00:00.000Z",
          status: "USER_STATUS_INACTIVE",
        },
      },
    ],
  },
  "auth0-users.ndjson": {
    format: "auth0",
    rows: [
      {
        json: {
          email: "jane@example.com",
          email_verified: true,
          first_name: "Jane",
          last_name: "Doe",
          name: "Jane Doe",
          profile_picture_url: "https://example.com/jane.png",
          external_id: "auth0|5dea9f9c82dd7c0e76e4ec93",
          metadata: { color: "blue", newsletter: "true", plan: "pro" },
          last_sign_in_at: "2024-11-18T13:10:12.123Z",
          created_at: "2019-12-06T18:36:12.436Z",
        },
      },
      {
        json: {
          email: "euclid@example.com",
          email_verified: false,
          name: "euclid@example.com",
          external_id: "auth0|euclid",
          metadata: { username: "euclid" },
          created_at: "2020-01-02T03:04:05.006Z",
        },
      },
      {
        json: {
          email: "grace@example.com",
          email_verified: true,
          name: "Grace Hopper",
          external_id: "google-oauth2|104327481939201847364",
          locale: "en",
          created_at: "2020-01-02T03:04:05.006Z",
        },
      },
      {
        json: {
          email: "blocked@example.com",
          email_verified: true,
          name: "Blocked",
          external_id: "auth0|5dea9f9c82dd7c0e76e4ec94",
          created_at: "2020-01-02T03:04:05.006Z",
          status: "USER_STATUS_INACTIVE",
        },
      },
    ],
  },
  "auth0-hashes.ndjson": {
    format: "auth0-hashes",
    rows: [
      {
        json: { email: "jane@example.com", email_verified: true, external_id: "auth0|5dea9f9c82dd7c0e76e4ec93" },
        password: "correct horse battery staple",
      },
      {
        json: { email: "euclid@example.com", email_verified: false, external_id: "auth0|euclid" },
        password: "all triangles are equal",
      },
    ],
  },
  "keycloak-realm.json": {
    format: "keycloak",
    rows: [
      // The hashes of the first and the third are from realms that were published, with the passwords that they have.
      ann,
      { json: keycloakUser("Bob", 2), password: "correct horse battery staple" },
      { json: keycloakUser("Cat", 3), password: "password" },
      {
        json: keycloakUser("Old", 4),
        rejected: "password_hash: Roster does not verify hashes of the algorithm pbkdf2",
      },
      { json: { ...keycloakUser("Gone", 5), status: "USER_STATUS_INACTIVE" } },
      {
        json: {
          email_verified: false,
          external_id: "dbfcd8d1-f119-4c89-9409-544380000006",
          metadata: { username: "service-account-shop-api" },
          created_at: "2023-09-02T15:50:53.579Z",
        },
        rejected: "this is the service account of the client shop-api, not a person",
      },
    ],
  },
  "keycloak-realm-users-0.json": { format: "keycloak", rows: [ann] },
};

const withoutHash = ({ json: { password_hash: _hash, ...json } }: ReadRow): JsonObject => json;

const verifies = async ({ json }: ReadRow, password: string): Promise<boolean> => {
  const { algorithm, hash } = json["password_hash"] as { algorithm: string; hash: string };
  const name = algorithm.replace("PASSWORD_HASH_ALGORITHM_", "") as PasswordHashAlgorithm;
  const credential = parsePasswordHash({ algorithm: name, hash });
  if ("problem" in credential) throw new Error(credential.problem);
  return verifyPassword(credential, password);
};

describe.each(Object.entries(samples))("%s", (name, { format, rows: expected }) => {
  it("is known for what it is, and each user becomes a row", async () => {
    const { format: guessed, rows } = await readSample(name);
    expect(guessed).toBe(format);
    expect(rows.map(withoutHash)).toEqual(expected.map(({ json }) => json));
    expect(rows.map(({ rejection }) => rejection?.message)).toEqual(expected.map(({ rejected }) => rejected));
    expect(rows.map(({ number }) => number)).toEqual(expected.map((_, index) => index + 1));
  });

  it("brings hashes that verify the users' passwords", async () => {
    const { rows } = await readSample(name);
    for (const [index, { password }] of expected.entries()) {
      const row = rows[index] as ReadRow;
      if (password === undefined) expect(row.json).not.toHaveProperty("password_hash");
      else {
        expect(await verifies(row, password)).toBe(true);
        expect(await verifies(row, `${password} `)).toBe(false);
      }
    }
  });

  it("comes without passwords when asked", async () => {
    const { rows } = await readSample(name, true);
    expect(rows.filter(({ json }) => "password_hash" in json)).toEqual([]);
    expect(rows.filter(({ rejection }) => rejection?.message.includes("hash"))).toEqual([]);
  });
});
