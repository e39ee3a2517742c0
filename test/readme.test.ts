import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

  const ofWords = Object.values(settings).flatMap(({ variable, parse, description }) =>
    parse.allowed === undefined ? [] : [{ variable, parse, allowed: parse.allowed, description }],
  );

  it.each(ofWords)(
    "names the words that $variable takes, and no others",
    ({ variable, parse, allowed, description }) => {
      expect(description).toContain(allowed);
      const [, , cells = ""] = rows.find(([, name]) => name === variable) ?? [];
      const named = Array.from(cells.matchAll(/`([^`]+)`/g), ([, value]) => value as string);
      expect(named.length).toBeGreaterThan(1);
      for (const value of named) expect(() => parse(value), value).not.toThrow();
    },
  );

  it("names no variable that does not exist", () => {
    const named = new Set(readme.match(/\b(?:ROSTER_[A-Z_]+|MONGODB_URI)\b/g));
    const known = [...variables, ...variablesOfCommands];
    expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** Values that documents and manifests give to variables: `ROSTER_LISTEN=0.0.0.0:50051`, `ROSTER_LISTEN: 0.0.0.0:50051`. */
const documented = ["../README.md", "../CHANGELOG.md", "../docs/", "../deploy/"]
  .map((name) => fileURLToPath(new URL(name, import.meta.url)))
  .filter((name) => existsSync(name))
  .flatMap((name) =>
    name.endsWith(".md")
      ? [name]
      : readdirSync(name, { recursive: true, encoding: "utf8" })
          .filter((file) => /\.(md|ya?ml)$/.test(file))
          .map((file) => name + file),
  )
  .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\b((?:ROSTER|MONGODB)_\w+)(?:=|: )('[^']*'|[^\s`|)]+)/g)])
  .map(([, variable = "", value = ""]) => [variable, value.replaceAll(/^'|'$/g, "")] as const)
  // Of the shell, or of compose.
  .filter(([variable, value]) => variables.includes(variable) && !/[$"]/.test(value));

describe.skipIf(readme === "")("a value that documents give to a variable", () => {
  it.each(documented)("is accepted: %s=%s", (variable, value) => {
    const parse = Object.values(settings).find((setting) => setting.variable === variable)?.parse;
    expect(() => parse?.(value)).not.toThrow();
  });

  it("is there", () => {
    expect(documented.length).toBeGreaterThan(10);
  });
});
