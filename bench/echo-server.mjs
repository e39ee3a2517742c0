// A bare gRPC server that answers GetUser with the same user every time: what the network and the codec cost alone.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { User } from "../dist/gen/ts/roster/v1/user.js";
import { UserServiceService } from "../dist/gen/ts/roster/v1/user_service.js";
import { typicalUser } from "./requests.mjs";

const now = { seconds: BigInt(Math.floor(Date.now() / 1_000)), nanos: 123_000_000 };
const user = User.fromPartial({
  ...typicalUser("0b8cbd74-3a7b-4d6c-9f4e-2b1f6f1f8f10"),
  id: "user_01JD8Q4W3M7ZK2N5R9T6V8X0YB",
  createdAt: now,
  updatedAt: now,
  revision: 1n,
});
const server = new Server({ "grpc.enable_channelz": 0 });
server.addService(UserServiceService, { getUser: (_call, callback) => callback(null, { user }) });
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`listening on 127.0.0.1:${port}`);
});
process.once("SIGTERM", () => process.exit(0));
