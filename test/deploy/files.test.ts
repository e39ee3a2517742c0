import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commands } from "../../src/commands/index.js";
import { loadConfig } from "../../src/config/config.js";
import { settings } from "../../src/config/settings.js";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const manifest = (name: string) => parse(read(`deploy/kubernetes/${name}.yaml`));

const files = ["Dockerfile", "deploy/compose.yaml", "deploy/after-restore.js"].concat(
  readdirSync(new URL("deploy/kubernetes", root)).map((name) => `deploy/kubernetes/${name}`),
);
const dockerfile = read("Dockerfile");
const program = JSON.parse(read("package.json"));
/** What the last instruction of this name in the Dockerfile says. */
const instruction = (name: string): string =>
  [...dockerfile.matchAll(new RegExp(`^ *${name} ((?:.*\\\\\\n)*.*)`, "gm"))].at(-1)?.[1] ?? "";

const compose = parse(read("deploy/compose.yaml"), { merge: true });
const kustomization = manifest("kustomization");
const { spec: deployment } = manifest("deployment");
const pod = deployment.template.spec;
const [container] = pod.containers;

const [generated] = kustomization.configMapGenerator;
const imageEnv = Object.fromEntries(
  [...dockerfile.matchAll(/(ROSTER_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);
const environments = {
  "compose.yaml": {
    ...imageEnv,
    ...compose.services.roster1.environment,
    MONGODB_URI: "mongodb://mongo1/?replicaSet=rs0",
  },
  "kustomization.yaml": {
    ...imageEnv,
    ...Object.fromEntries(generated.literals.map((literal: string) => literal.split("="))),
    MONGODB_URI: "mongodb://mongo1/?replicaSet=rs0",
  },
};
const [composed, kustomized] = Object.values(environments).map(loadConfig) as [
  ReturnType<typeof loadConfig>,
  ReturnType<typeof loadConfig>,
];
const ports = {
  grpc: kustomized.listen.port,
  health: kustomized.healthListen?.port,
  metrics: kustomized.metricsListen?.port,
};

describe("what is deployed", () => {
  it.each(files)("%s names no setting that does not exist", (file) => {
    const named = new Set(read(file).match(/\b(?:ROSTER_[A-Z_]+|MONGODB_URI)\b/g));
    const variables = Object.values(settings).map(({ variable }) => variable);
    expect([...named].filter((name) => !variables.includes(name))).toEqual([]);
  });

  it.each(Object.entries(environments))("%s has a configuration that a server starts with", (_, environment) => {
    const { listen, tlsCertFile } = loadConfig(environment);
    expect(listen.host).toBe("0.0.0.0");
    expect(tlsCertFile).toBeDefined();
  });

  it("gives a server more time to stop than it takes", () => {
    const { seconds } = container.lifecycle.preStop.sleep;
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(seconds * 1_000 + kustomized.shutdownGrace);
    expect(Number.parseInt(compose.services.roster1.stop_grace_period, 10) * 1_000).toBeGreaterThan(
      composed.shutdownGrace,
    );
  });
});

describe("the image", () => {
  it("starts the program as npm start does", () => {
    const [, flags, path] = /^exec node (.*) (\S+) serve$/.exec(program.scripts.start) ?? [];
    expect(JSON.parse(instruction("ENTRYPOINT"))).toEqual(["node", flags, `/app/${path}`]);
    expect(path).toBe(program.bin.roster);
    expect(Object.keys(commands)).toContain(JSON.parse(instruction("CMD"))[0]);
  });

  it("has the file that the program takes its version from", () => {
    expect(dockerfile.slice(dockerfile.lastIndexOf("\nFROM "))).toMatch(/^COPY package\.json .*\.\/$/m);
  });

  it("asks for its health by a command that there is", () => {
    const [, check = "[]"] = /^HEALTHCHECK [^[]*CMD (\[.*\])$/m.exec(dockerfile.replaceAll("\\\n", " ")) ?? [];
    expect(JSON.parse(check)).toEqual(["node", `/app/${program.bin.roster}`, "healthcheck"]);
    expect(Object.keys(commands)).toContain("healthcheck");
  });

  it("does not run as root, and runs as the user that the manifests name and that gets its secrets", () => {
    const user = Number(instruction("USER").split(":")[0]);
    expect(user).toBeGreaterThan(0);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: user, fsGroup: user });
    expect(read("deploy/compose/make-secrets.sh")).toContain(`chown ${user}:${user} /tls/server.key`);
  });

  it("has a Node.js that the program runs on", () => {
    const [major = 0, minor = 0] = /^ARG NODE_IMAGE=node:(\d+)\.(\d+)/m.exec(dockerfile)?.slice(1).map(Number) ?? [];
    const [leastMajor = 0, leastMinor = 0] = program.engines.node.match(/\d+/g).map(Number);
    expect(major * 1_000 + minor).toBeGreaterThanOrEqual(leastMajor * 1_000 + leastMinor);
  });
});

describe("the ports", () => {
  it("of the pod are those that the server listens on", () => {
    const named = Object.fromEntries(container.ports.map(({ name, containerPort }: Port) => [name, containerPort]));
    expect(named).toEqual(ports);
    expect(deployment.template.metadata.annotations["prometheus.io/port"]).toBe(String(ports.metrics));
  });

  it("of the probes, the service and the policy are those of the pod", () => {
    expect(container.startupProbe.grpc.port).toBe(ports.health);
    expect(container.readinessProbe.grpc.port).toBe(ports.health);
    expect(container.livenessProbe.httpGet).toEqual({ path: "/metrics", port: "metrics" });
    expect(manifest("service").spec.ports).toMatchObject([{ port: ports.grpc, targetPort: "grpc" }]);
    const allowed = manifest("network-policy").spec.ingress.map(
      ({ ports: [first] }: { ports: { port: number }[] }) => first?.port,
    );
    expect(allowed).toEqual([ports.grpc, ports.metrics]);
  });

  it("of the containers are those that the image tells", () => {
    expect(instruction("EXPOSE")).toBe(String(composed.listen.port));
    for (const name of ["roster1", "roster2"]) {
      expect(compose.services[name].ports[0]).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${composed.listen.port}$`));
    }
  });
});

describe("the manifests", () => {
  it("are all there, and select the pods that there are", () => {
    for (const file of kustomization.resources)
      expect(existsSync(new URL(`deploy/kubernetes/${file}`, root))).toBe(true);
    const { labels } = deployment.template.metadata;
    expect(deployment.selector.matchLabels).toEqual(labels);
    expect(manifest("service").spec.selector).toEqual(labels);
    expect(manifest("pod-disruption-budget").spec.selector.matchLabels).toEqual(labels);
    expect(manifest("network-policy").spec.podSelector.matchLabels).toEqual(labels);
  });

  it("add no variables to those that they name", () => {
    expect(pod.enableServiceLinks).toBe(false);
  });

  it("let no server go before there is another, and one at a time by the budget", () => {
    expect(deployment.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(deployment.replicas).toBeGreaterThan(manifest("pod-disruption-budget").spec.maxUnavailable);
  });
});

interface Port {
  readonly name: string;
  readonly containerPort: number;
}
