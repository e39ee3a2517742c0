import type { PasswordHash } from "../../../gen/ts/roster/v1/password.js";
import * as v1 from "../../../gen/ts/roster/v1/user_service.js";
import type { Bulk } from "../../directory/bulk.js";
import type { Directory, Fresh } from "../../directory/directory.js";
import type { ProvisionOutcome } from "../../directory/provisioning/provision-user.js";
import type { Provisioner } from "../../directory/provisioning/provisioner.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { bulkMethods } from "./bulk-methods.js";
import { toDirection } from "./direction.js";
import { fromPasswordHashMessage } from "./password-hash-message.js";
import { toIdentityMessage } from "./identity-message.js";
import { toMembershipMessage } from "./membership-message.js";
import { fromStatusMessage, toUserMessage } from "./user-message.js";

/** `roster.v1.UserService`. */
export const userService = (
  directory: Directory,
  provisioner: Provisioner,
  bulk: Bulk,
  adapter: Adapter,
): Record<keyof v1.UserServiceService, Method> => ({
  getUser: method(
    v1.GetUserRequest,
    v1.GetUserResponse,
    adapter.unary(async (request) => ({ user: toUserMessage(await directory.getUser(withConsistency(request))) })),
  ),
  getUserByExternalId: method(
    v1.GetUserByExternalIdRequest,
    v1.GetUserByExternalIdResponse,
    adapter.unary(async (request) => ({
      user: toUserMessage(await directory.getUserByExternalId(withConsistency(request))),
    })),
  ),
  getUserByEmail: method(
    v1.GetUserByEmailRequest,
    v1.GetUserByEmailResponse,
    adapter.unary(async (request) => ({
      user: toUserMessage(await directory.getUserByEmail(withConsistency(request))),
    })),
  ),
  batchGetUsers: method(
    v1.BatchGetUsersRequest,
    v1.BatchGetUsersResponse,
    adapter.unary(async (request, call) => {
      const { users, notFoundIds } = await directory.batchGetUsers(withConsistency(request), call.signal);
      return { users: users.map(toUserMessage), notFoundIds };
    }),
  ),
  listUsers: method(
    v1.ListUsersRequest,
    v1.ListUsersResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListUsersRequest, call) {
      const pages = directory.listUsers(
        {
          ...request,
          order: toDirection(request.order),
          statuses: request.statuses.map((status) => fromStatusMessage(status) ?? "unknown"),
        },
        call.signal,
      );
      for await (const { items, before, after } of pages) {
        yield { users: items.map(toUserMessage), listMetadata: { before, after } };
      }
    }),
  ),
  createUser: method(
    v1.CreateUserRequest,
    v1.CreateUserResponse,
    adapter.unary(async (request, call) => ({
      user: toUserMessage(await directory.createUser(withHash(request), call)),
    })),
  ),
  updateUser: method(
    v1.UpdateUserRequest,
    v1.UpdateUserResponse,
    adapter.unary(async (request, call) => ({
      user: toUserMessage(await directory.updateUser(withHash(request), call)),
    })),
  ),
  deleteUser: method(
    v1.DeleteUserRequest,
    v1.DeleteUserResponse,
    adapter.unary(async (request, call) => {
      await directory.deleteUser(request, call);
      return {};
    }),
  ),
  deactivateUser: method(
    v1.DeactivateUserRequest,
    v1.DeactivateUserResponse,
    adapter.unary(async (request, call) => ({ user: toUserMessage(await directory.deactivateUser(request, call)) })),
  ),
  reactivateUser: method(
    v1.ReactivateUserRequest,
    v1.ReactivateUserResponse,
    adapter.unary(async (request, call) => ({ user: toUserMessage(await directory.reactivateUser(request, call)) })),
  ),
  ...bulkMethods(bulk, adapter),
  provisionUser: method(
    v1.ProvisionUserRequest,
    v1.ProvisionUserResponse,
    adapter.unary(async (request, call) => {
      const { user, membership, outcome, ...takenAway } = await provisioner.provisionUser(request, call);
      return {
        user: toUserMessage(user),
        organizationMembership: toMembershipMessage(membership),
        outcome: outcomes[outcome],
        passwordRemoved: takenAway.passwordRemoved ?? false,
        identitiesRemoved: takenAway.identitiesRemoved ?? 0,
      };
    }),
  ),
  listIdentities: method(
    v1.ListIdentitiesRequest,
    v1.ListIdentitiesResponse,
    adapter.unary(async (request, call) => ({
      identities: (await provisioner.listIdentities(request, call.signal)).map(toIdentityMessage),
    })),
  ),
  getUserByIdentity: method(
    v1.GetUserByIdentityRequest,
    v1.GetUserByIdentityResponse,
    adapter.unary(async (request) => ({ user: toUserMessage(await provisioner.getUserByIdentity(request)) })),
  ),
  listConnectionIdentities: method(
    v1.ListConnectionIdentitiesRequest,
    v1.ListConnectionIdentitiesResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListConnectionIdentitiesRequest, call) {
      for await (const { identities, after } of provisioner.listConnectionIdentities(request, call.signal)) {
        yield { identities: identities.map(toIdentityMessage), listMetadata: { before: undefined, after } };
      }
    }),
  ),
  deleteConnectionIdentities: method(
    v1.DeleteConnectionIdentitiesRequest,
    v1.DeleteConnectionIdentitiesResponse,
    adapter.unary(async (request, call) => ({
      deletedCount: BigInt(await provisioner.deleteConnectionIdentities(request, call)),
    })),
  ),
  deleteIdentity: method(
    v1.DeleteIdentityRequest,
    v1.DeleteIdentityResponse,
    adapter.unary(async (request, call) => {
      await provisioner.deleteIdentity(request, call);
      return {};
    }),
  ),
});

const outcomes: Readonly<Record<ProvisionOutcome, v1.ProvisionUserResponse_Outcome>> = {
  "existing identity": v1.ProvisionUserResponse_Outcome.EXISTING_IDENTITY,
  linked: v1.ProvisionUserResponse_Outcome.LINKED,
  created: v1.ProvisionUserResponse_Outcome.CREATED,
};

const withHash = <Request extends { passwordHash?: PasswordHash | undefined }>(request: Request) => ({
  ...request,
  passwordHash: fromPasswordHashMessage(request.passwordHash),
});

/** The request, with its consistency in the words of the directory. */
const withConsistency = <R extends { consistency?: v1.ReadConsistency | undefined }>(
  request: R,
): Omit<R, "consistency"> & Fresh => ({ ...request, consistency: toConsistency(request.consistency) });

const toConsistency = (consistency: v1.ReadConsistency | undefined): Fresh["consistency"] => {
  switch (consistency) {
    case undefined:
    case v1.ReadConsistency.UNSPECIFIED:
      return undefined;
    case v1.ReadConsistency.STRONGEST:
      return "strongest";
    case v1.ReadConsistency.FASTEST:
      return "fastest";
    default:
      return "unknown";
  }
};
