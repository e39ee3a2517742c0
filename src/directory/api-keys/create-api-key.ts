import type { Clock } from "../clock.js";
import { FieldChecker } from "../field-checker.js";
import type { ApiKey, StoredApiKey } from "./api-key.js";
import { type Scope, scopes } from "./scope.js";
import { hashSecret, newSecret } from "./secret.js";

/** What `CreateApiKey` takes. */
export interface CreateApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Absent: never. */
  readonly expiresAt?: Date | undefined;
}

/** A new key, with the secret that is nowhere else. */
export interface CreatedApiKey {
  readonly key: ApiKey;
  readonly secret: string;
}

const maxNameCharacters = 256;
const year10000 = Date.UTC(10_000, 0, 1);

/** Checks the request and makes the key, in the form to keep and in the form to tell. */
export const newApiKey = (request: CreateApiKey, clock: Clock): { stored: StoredApiKey; created: CreatedApiKey } => {
  const createdAt = clock.now();
  const key: ApiKey = { id: clock.newId("key"), createdAt, ...checkFields(request, createdAt) };
  const secret = newSecret(key.id);
  return {
    stored: { ...key, secretHash: hashSecret(secret).toString("base64") },
    created: { key, secret },
  };
};

const checkFields = (request: CreateApiKey, now: Date): Pick<ApiKey, "name" | "scopes" | "expiresAt"> => {
  const { name, expiresAt } = request;
  const check = new FieldChecker();
  check.requiredText("name", name, maxNameCharacters);
  const granted = checkScopes(check, request.scopes);
  if (expiresAt && !(expiresAt > now && expiresAt.getTime() < year10000)) {
    check.fail("expires_at", "must be in the future, and before the year 10000");
  }
  check.done();
  return { name, scopes: granted, ...(expiresAt && { expiresAt }) };
};

const checkScopes = (check: FieldChecker, given: readonly string[]): Scope[] => {
  const granted: Scope[] = [];
  for (const [i, word] of check.items("scopes", given, 1, scopes.length).entries()) {
    const scope = scopes.find((known) => known === word);
    if (scope === undefined) check.fail(`scopes[${i}]`, `must be one of ${scopes.join(", ")}`);
    else if (granted.includes(scope)) check.fail(`scopes[${i}]`, "is given twice");
    else granted.push(scope);
  }
  return granted;
};
