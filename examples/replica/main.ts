// Keeps a local copy of the directory's users and says what is in it.
//
// Usage: npm start -- [address] [file]
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serverAt } from "../server.js";
import { Replica } from "./replica.js";

const [, , address = process.env.ROSTER_ADDRESS ?? "127.0.0.1:50051", file = "replica.json"] = process.argv;
const server = serverAt(address);
const users = new UserServiceClient(...server);
const events = new EventServiceClient(...server);
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
