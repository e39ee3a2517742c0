#!/usr/bin/env -S node --max-semi-space-size=4 --disable-warning=DEP0123
// `engines` of package.json says the same. Nothing that an older version cannot load may be imported before this.
const [wantedMajor, wantedMinor] = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  process.stderr.write(
    `roster: needs Node.js ${wantedMajor}.${wantedMinor} or newer, and this is ${process.version}\n`,
  );
  process.exitCode = 1;
} else {
  const { tellUnexpected, toLines } = await import("./process-output.js");
  tellUnexpected((what, isFatal) => process.stderr.write(`${toLines(what, isFatal)}\n`));
  const { commands } = await import("./commands/index.js");
  const [first = "help", ...args] = process.argv.slice(2);
  const options = new Map([
    ["--help", "help"],
    ["-h", "help"],
    ["--version", "version"],
    ["-v", "version"],
  ]);
  const name = options.get(first) ?? first;
  const command = commands[name];
  if (command === undefined) {
    process.stderr.write(`roster: unknown command ${name}; see roster help\n`);
    process.exitCode = 2;
  } else {
    process.exitCode = await command.run(args);
  }
}
