import { randomUUID } from "node:crypto";
import { CreateUserRequest, UpdateUserRequest, type UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { call } from "./call.js";

/** An email that nobody has. */
export const newEmail = (): string => `${randomUUID()}@example.com`;

type Given<T> = Partial<{ [K in keyof T]: T[K] }>;

/** Creates a user with a new email and what is given. */
export const createUser = async (client: UserServiceClient, given: Given<CreateUserRequest> = {}): Promise<User> => {
  const request = { ...CreateUserRequest.fromPartial({ email: newEmail() }), ...given };
  const { user } = await call(client.createUser.bind(client), request);
  return user as User;
};

/** Updates a user with what is given. */
export const updateUser = async (
  client: UserServiceClient,
  id: string,
  given: Given<UpdateUserRequest>,
): Promise<User> => {
  const request = { ...UpdateUserRequest.fromPartial({ id }), ...given };
  const { user } = await call(client.updateUser.bind(client), request);
  return user as User;
};
