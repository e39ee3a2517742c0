/** What a caller may be allowed to do. `admin` includes all others. */
export const scopes = [
  "users:read",
  "users:write",
  "users:export",
  "authentication",
  "organizations:read",
  "organizations:write",
  "events:read",
  "admin",
] as const;

export type Scope = (typeof scopes)[number];
