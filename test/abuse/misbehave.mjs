// A client that misbehaves: node misbehave.mjs KIND ADDRESS. Comes back when it is thrown out; prints a line when it has
// begun, and one for each connection that has ended.
import { misbehaviours, strangers } from "./kinds.mjs";

const [kind, address] = process.argv.slice(2);
const all = { ...misbehaviours, ...strangers };
const misbehave = all[kind];
if (misbehave === undefined) throw new Error(`there is no ${kind}, but ${Object.keys(all).join(", ")}`);
console.log("begun");
await misbehave(address);
