/** What a caller may be allowed to do. `admin` includes all others. */
export const scopes = ["users:read","users:write","users:export","authentication","organizations:read","organizations:write","events:read","admin"] as const;

export type Scope = (typeof scopes)[number];

/** The scope that a caller of each method needs, by the method's path. */
export const methodScopes: ReadonlyMap<string, Scope> = new Map<string, Scope>([
  ["/roster.v1.ApiKeyService/CreateApiKey", "admin"],
  ["/roster.v1.ApiKeyService/ListApiKeys", "admin"],
  ["/roster.v1.ApiKeyService/RevokeApiKey", "admin"],
  ["/roster.v1.AuthenticationService/AuthenticateWithPassword", "authentication"],
  ["/roster.v1.AuthenticationService/ClearFailedAttempts", "users:write"],
  ["/roster.v1.AuthenticationService/VerifyPassword", "authentication"],
  ["/roster.v1.EventService/ListEvents", "events:read"],
  ["/roster.v1.EventService/WatchEvents", "events:read"],
  ["/roster.v1.OrganizationMembershipService/GetOrganizationMembership", "organizations:read"],
  ["/roster.v1.OrganizationMembershipService/ListOrganizationMemberships", "organizations:read"],
  ["/roster.v1.OrganizationMembershipService/CreateOrganizationMembership", "organizations:write"],
  ["/roster.v1.OrganizationMembershipService/UpdateOrganizationMembership", "organizations:write"],
  ["/roster.v1.OrganizationMembershipService/DeactivateOrganizationMembership", "organizations:write"],
  ["/roster.v1.OrganizationMembershipService/ReactivateOrganizationMembership", "organizations:write"],
  ["/roster.v1.OrganizationMembershipService/DeleteOrganizationMembership", "organizations:write"],
  ["/roster.v1.OrganizationService/GetOrganization", "organizations:read"],
  ["/roster.v1.OrganizationService/GetOrganizationByExternalId", "organizations:read"],
  ["/roster.v1.OrganizationService/ListOrganizations", "organizations:read"],
  ["/roster.v1.OrganizationService/CreateOrganization", "organizations:write"],
  ["/roster.v1.OrganizationService/UpdateOrganization", "organizations:write"],
  ["/roster.v1.OrganizationService/DeleteOrganization", "organizations:write"],
  ["/roster.v1.UserService/GetUser", "users:read"],
  ["/roster.v1.UserService/GetUserByExternalId", "users:read"],
  ["/roster.v1.UserService/GetUserByEmail", "users:read"],
  ["/roster.v1.UserService/BatchGetUsers", "users:read"],
  ["/roster.v1.UserService/ListUsers", "users:read"],
  ["/roster.v1.UserService/CreateUser", "users:write"],
  ["/roster.v1.UserService/UpdateUser", "users:write"],
  ["/roster.v1.UserService/DeleteUser", "users:write"],
  ["/roster.v1.UserService/ImportUsers", "users:write"],
  ["/roster.v1.UserService/ExportUsers", "users:export"],
  ["/roster.v1.UserService/ProvisionUser", "users:write"],
  ["/roster.v1.UserService/ListIdentities", "users:read"],
  ["/roster.v1.UserService/DeleteIdentity", "users:write"],
]);
