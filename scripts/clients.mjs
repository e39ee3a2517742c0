// Builds the client programs that the tests run, each only when something has changed, and prints how to run them as one
// line of JSON: { "<target>": { "<program>": { "command", "args", "env" } } or { "missing": "<command>" } }.
// Usage: node scripts/clients.mjs [target...]
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached, goInstall, maven, missingCommand, pipInstall, run, userCache } from "./toolchains.mjs";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/roster");
const built = new Set(["target", "build", "dist", "__pycache__"]);

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (built.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

/** Builds in a folder that is kept until the sources change. The toolchains leave nothing beside the sources. */
const build = (language, sources, make) => {
  const files = sources.flatMap(filesBelow).toSorted();
  const state = files.map((file) => [file, readFileSync(join(root, file), "base64")]);
  const name = `clients-${language}`;
  const folder = cached({ cache, name, language, state }, make);
  for (const entry of readdirSync(cache)) {
    if (entry.startsWith(name) && join(cache, entry) !== folder) rmSync(join(cache, entry), { recursive: true });
  }
  return folder;
};

const copy = (source, to) => {
  for (const file of filesBelow(source)) cpSync(join(root, file), join(to, file));
  return join(to, source);
};

const grpcurl = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.4";

const targets = {
  go() {
    const programs = { example: "examples/go", compatibility: "test/clients/go" };
    const folder = build("go", ["gen/go", ...Object.values(programs)], (to) => {
      for (const [name, source] of Object.entries(programs)) {
        run("go", ["build", "-o", join(to, name), "."], { cwd: join(root, source) });
      }
    });
    const program = (name) => ({ command: join(folder, name), args: [], env: {} });
    return { example: program("example"), compatibility: program("compatibility") };
  },
  python() {
    const folder = build("python", ["gen/python"], (to) => {
      const source = copy("gen/python", join(to, "source"));
      pipInstall(to, [source]);
    });
    const program = (file) => ({ command: "python3", args: [join(root, file)], env: { PYTHONPATH: folder } });
    return { example: program("examples/python/main.py"), compatibility: program("test/clients/python/main.py") };
  },
  java() {
    const programs = { example: "examples/java", compatibility: "test/clients/java" };
    const folder = build("java", ["gen/java", ...Object.values(programs)], (to) => {
      maven("--file", copy("gen/java", to), "install");
      for (const source of Object.values(programs)) {
        const goals = ["compile", "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies"];
        maven("--file", copy(source, to), ...goals, "-DincludeScope=runtime");
      }
    });
    const program = (source, main) => {
      const target = join(folder, source, "target");
      const classes = [join(target, "classes"), join(target, "dependency/*")].join(delimiter);
      return { command: "java", args: ["-XX:TieredStopAtLevel=1", "-cp", classes, main], env: {} };
    };
    return {
      example: program(programs.example, "com.roster.example.Main"),
      compatibility: program(programs.compatibility, "com.roster.compatibility.Main"),
    };
  },
  typescript() {
    const folder = build("typescript", ["gen/ts", "examples/typescript", "test/clients/typescript"], (to) => {
      run(join(root, "node_modules/.bin/tsc"), ["--project", "test/clients/typescript", "--outDir", to], { cwd: root });
      writeFileSync(join(to, "package.json"), '{ "type": "module" }\n');
    });
    const program = (file) => ({ command: process.execPath, args: [join(folder, file)], env: {} });
    return {
      example: program("examples/typescript/main.js"),
      compatibility: program("test/clients/typescript/main.js"),
    };
  },
  grpcurl() {
    const folder = cached({ cache: userCache, name: "grpcurl", language: "go", state: grpcurl }, (to) =>
      goInstall(to, [grpcurl]),
    );
    return { grpcurl: { command: join(folder, "grpcurl"), args: [], env: {} } };
  },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(targets);
mkdirSync(cache, { recursive: true });
const results = wanted.map((target) => {
  const missing = missingCommand(target === "grpcurl" ? "go" : target);
  return [target, missing === undefined ? targets[target]() : { missing }];
});
console.log(JSON.stringify(Object.fromEntries(results)));
