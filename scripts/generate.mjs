// Remakes gen/ from nothing: TypeScript for server and clients, and the descriptors that reflection serves.
// With a folder as argument, makes gen/ in that folder instead.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

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

const buf = (...args) =>
  execFileSync(join(root, "node_modules/.bin/buf"), args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });

rmSync(gen, { recursive: true, force: true });
mkdirSync(gen, { recursive: true });
buf("generate", "--output", join(gen, ".."));
const descriptors = reflected.map((input) => buf("build", ...input, "--as-file-descriptor-set", "--output", "-"));
writeFileSync(join(gen, "descriptors.binpb"), Buffer.concat(descriptors));
