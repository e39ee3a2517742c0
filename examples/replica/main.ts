// Keeps a local copy of the directory's users and says what is in it.
//
// Usage: npm start -- [address] [file]
import { credentials } from "@grpc/grpc-js";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";
import { Replica } from "./replica.js";

const [, , address = process.env.ROSTER_ADDRESS ?? "127.0.0.1:50051", file = "replica.json"] = process.argv;
const options = { "grpc.service_config": serviceConfig };
const users = new UserServiceClient(address, credentials.createInsecure(), options);
const events = new EventServiceClient(address, credentials.createInsecure(), options);
const replica = new Replica(users, events, file);

let said = "";
const saying = setInterval(() => {
  const now = `${replica.users.size} users, up to ${replica.cursor ?? "nothing yet"}`;
  if (now !== said) console.log(now);
  said = now;
}, 500);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => replica.stop());

await replica.run();
clearInterval(saying);
users.close();
events.close();
