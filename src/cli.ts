#!/usr/bin/env -S node --max-semi-space-size=4 --disable-warning=DEP0123
import { commands } from "./commands/index.js";

const [first = "help", ...args] = process.argv.slice(2);
const options = new Map([
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
]);
const name = options.get(first) ?? first;
const command = commands[name];
if (command === undefined) {
  process.stderr.write(`roster: unknown command ${name}; see roster help\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await command.run(args);
}
