import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settings } from "../src/config/settings.js";

const path = new URL("../README.md", import.meta.url);
const readme = existsSync(path) ? readFileSync(path, "utf8") : "";
// What the server does not read.
const variablesOfCommands = ["ROSTER_API_KEY"];
const variables = Object.values(settings).map(({ variable }) => variable);

describe.skipIf(readme === "")("README.md", () => {
  // Rows of the form: | `ROSTER_LISTEN` | `127.0.0.1:50051` | Address to serve on. |
  const rows = [...readme.matchAll(/^\| *`((?:MONGODB|ROSTER)_\w+)` *\|(.*)\|$/gm)];

  it("lists every setting once, and no other", () => {
    expect(rows.map(([, variable]) => variable).toSorted()).toEqual(variables.toSorted());
  });

  it.each(Object.values(settings))("states the default of $variable and what it is", ({ variable, ...setting }) => {
    const [, , cells] = rows.find(([, name]) => name === variable) ?? [];
    if (setting.default !== undefined) expect(cells).toContain(`\`${setting.default}\``);
    expect(cells).toContain(setting.description);
  });

  it("names no variable that does not exist", () => {
    const named = new Set(readme.match(/\b(?:ROSTER_[A-Z_]+|MONGODB_URI)\b/g));
    const known = [...variables, ...variablesOfCommands];
    expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  });
});
