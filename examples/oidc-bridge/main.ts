// Signs in the person whom an ID token is about, and prints the user. The token comes on standard input.
//
// Usage: npm start -- CONNECTIONS [address] < TOKEN, where CONNECTIONS is a JSON file with a list of `Connection`.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { ProvisionUserResponse_Outcome as Outcome } from "../../gen/ts/roster/v1/user_service.js";
import { serverAt } from "../server.js";
import { type Connection, OidcBridge } from "./bridge.js";

const [, , file = "connections.json", address = process.env.ROSTER_ADDRESS ?? "127.0.0.1:50051"] = process.argv;
const connections = JSON.parse(await readFile(file, "utf8")) as Connection[];
const bridge = new OidcBridge(serverAt(address), connections);
try {
  const { outcome, user, organizationMembership } = await bridge.signIn((await text(process.stdin)).trim());
  console.log(Outcome[outcome]);
  console.log(["user:", user?.id, user?.email, user?.firstName, user?.lastName].join(" ").trim());
  console.log(`membership: ${organizationMembership?.role} of ${organizationMembership?.organizationName}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  bridge.close();
}
