// Load by h2load, for calls whose requests can be repeated.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summarize } from "./latencies.mjs";

const warmUpSeconds = 1;

export const hasH2load = () => spawnSync("h2load", ["--version"]).status === 0;

/** A message as gRPC frames it. */
export const frame = (bytes) => {
  const framed = Buffer.alloc(5 + bytes.length);
  framed.writeUInt32BE(bytes.length, 1);
  framed.set(bytes, 5);
  return framed;
};

/**
 * Calls `path` for some seconds. Each message of `requests` is sent by an h2load of its own, so that calls that run at the
 * same time do not all ask for the same; `inFlight` is the sum over all of them. So is `rate`, the calls in a second; as
 * many as are answered when it is absent. `headers`: beside those that every call has.
 */
export const h2load = async ({ address, path, requests, inFlight, seconds, calls, rate, headers = {} }) => {
  const folder = mkdtempSync(join(tmpdir(), "roster-bench-"));
  try {
    const perProcess = inFlight / requests.length;
    const started = performance.now();
    const runs = requests.map(async (request, i) => {
      const data = join(folder, `${i}.bin`);
      const log = join(folder, `${i}.log`);
      writeFileSync(data, frame(request));
      const amount = calls ? ["-n", String(calls)] : ["-D", String(seconds), "--warm-up-time", String(warmUpSeconds)];
      const child = spawn(
        "h2load",
        [
          ...amount,
          ...(rate ? [`--rps=${rate / requests.length}`] : []),
          ...["-c", "1", "-m", String(perProcess), "-w", "24", "-W", "24", "-d", data, "--log-file", log],
          ...["-H", "content-type: application/grpc", "-H", "te: trailers"],
          ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
          `http://${address}${path}`,
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
      });
      await once(child, "close");
      const [, failed, errored] = /(\d+) failed, (\d+) errored/.exec(output) ?? [];
      if (Number(failed) + Number(errored) !== 0) throw new Error(`h2load failed:\n${output}`);
      const dataBytes = Number(/\((\d+)\) data/.exec(output)?.[1]);
      return { log: readFileSync(log, "utf8"), dataBytes, output };
    });
    const results = await Promise.all(runs);
    const latencies = results.flatMap(({ log }) =>
      log
        .trim()
        .split("\n")
        .map((line) => Number(line.split("\t")[2])),
    );
    const elapsed = calls ? (performance.now() - started) / 1_000 : seconds;
    const dataBytes = results.reduce((sum, result) => sum + result.dataBytes, 0);
    return {
      ...summarize(latencies, elapsed),
      warmUpSeconds: calls ? 0 : warmUpSeconds,
      bytesPerCall: dataBytes / latencies.length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
