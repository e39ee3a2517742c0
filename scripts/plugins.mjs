// The code generators for the languages beside TypeScript: pinned, from each toolchain's own registry.
import { chmodSync, readdirSync, renameSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached, goInstall, maven, missingCommand, pipInstall, userCache } from "./toolchains.mjs";

const versions = {
  go: ["google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.11", "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.2"],
  // Has protoc inside.
  python: ["grpcio-tools==1.85.1"],
  java: ["com.google.protobuf:protoc:4.36.2", "io.grpc:protoc-gen-grpc-java:1.81.0"],
};
const mavenCopy = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

// As Maven names operating systems and processors of executables.
const platform = () => {
  const os = { linux: "linux", darwin: "osx", win32: "windows" }[process.platform];
  const arch = { x64: "x86_64", arm64: "aarch_64" }[process.arch];
  return `${os}-${arch}`;
};

const install = {
  go: goInstall,
  python: pipInstall,
  java(folder, artifacts) {
    for (const artifact of artifacts) {
      const options = ["-Dmdep.stripVersion=true", "-Dmdep.stripClassifier=true"];
      maven(mavenCopy, `-Dartifact=${artifact}:exe:${platform()}`, `-DoutputDirectory=${folder}`, ...options);
    }
    if (process.platform === "win32") return;
    for (const file of readdirSync(folder)) {
      chmodSync(join(folder, file), 0o755);
      renameSync(join(folder, file), join(folder, file.replace(/\.exe$/, "")));
    }
  },
};

/** The languages that have a folder in gen/ beside ts. */
export const languages = Object.keys(versions);

/** The languages that cannot be generated here, each with the command that does not work. */
export const missingLanguages = () =>
  new Map(languages.map((language) => [language, missingCommand(language)]).filter(([, command]) => command));

/** The environment in which buf finds a language's generators; fetches them when they are not there. */
export const pluginEnvironment = (language) => {
  const plugins = { cache: userCache, name: `plugins-${language}`, language, state: versions[language] };
  const folder = cached(plugins, (to) => install[language](to, versions[language]));
  return {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    ...(language === "python" && { PYTHONPATH: folder }),
  };
};
