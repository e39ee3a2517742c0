// Remakes gen/ from nothing: TypeScript for server and clients, the descriptors that reflection serves, the letters that
// are the same in emails, and a client package for each language in clients/. A language whose toolchain is missing keeps
// what it has.
// With a folder as argument, makes gen/ in that folder instead.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { caseFoldingModule } from "./case-folding.mjs";
import { methodScopesModule } from "./method-scopes.mjs";
import { languages, missingLanguages, pluginEnvironment } from "./plugins.mjs";

const root = join(import.meta.dirname, "..");
const gen = resolve(root, process.argv[2] ?? ".", "gen");

// What reflection knows: the services, and the details of errors. Descriptor sets put end to end are one descriptor set.
const reflection = "node_modules/@grpc/reflection/build/proto";
const google = "node_modules/google-proto-files";
const reflected = [
  ["proto"],
  ["node_modules/grpc-health-check/proto"],
  [reflection, "--path", `${reflection}/grpc`],
  [google, "--path", `${google}/google/rpc/error_details.proto`, "--path", `${google}/google/rpc/status.proto`],
];

// Where the service config goes in the package of each language.
const serviceConfigFolders = { go: "", python: "roster", java: "src/main/resources/com/roster" };

const buf = (args, env = process.env) =>
  execFileSync(join(root, "node_modules/.bin/buf"), args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
const isSource = (file) => !basename(file).startsWith("buf.gen.") && !basename(file).startsWith("protoc-gen-");

const missing = missingLanguages();
mkdirSync(gen, { recursive: true });
for (const entry of readdirSync(gen)) if (!missing.has(entry)) rmSync(join(gen, entry), { recursive: true });

const serviceConfig = readFileSync(join(root, "clients/service-config.json"), "utf8");
buf(["generate", "--output", join(gen, "..")]);
writeFileSync(
  join(gen, "ts/service-config.ts"),
  `/** The service config for clients, in JSON. */\nexport const serviceConfig: string = ${JSON.stringify(serviceConfig)};\n`,
);
// Options have no code in TypeScript.
for (const unused of ["google/protobuf/descriptor.ts", "roster/v1/scope.ts"]) rmSync(join(gen, "ts", unused));
const descriptors = reflected.map((input) => buf(["build", ...input, "--as-file-descriptor-set", "--output", "-"]));
writeFileSync(join(gen, "descriptors.binpb"), Buffer.concat(descriptors));
writeFileSync(join(gen, "ts/method-scopes.ts"), methodScopesModule(descriptors[0]));
writeFileSync(join(gen, "ts/case-folding.ts"), caseFoldingModule());
cpSync(join(root, "clients/README.md"), join(gen, "README.md"));

for (const language of languages) {
  if (missing.has(language)) {
    console.error(`generate: gen/${language} skipped: ${missing.get(language)} does not work here`);
    continue;
  }
  const source = join("clients", language);
  buf(
    ["generate", "--template", join(source, "buf.gen.yaml"), "--output", join(gen, "..")],
    pluginEnvironment(language),
  );
  cpSync(join(root, source), join(gen, language), { recursive: true, filter: isSource });
  const folder = join(gen, language, serviceConfigFolders[language]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "service-config.json"), serviceConfig);
}
