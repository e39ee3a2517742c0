// Load for calls that change something: each request is another one, which h2load cannot send. Plain node:http2, with
// requests encoded beforehand. Runs as a process of its own: arguments are a JSON object, the answer is one on stdout.
import { connect } from "node:http2";
import { frame } from "./h2load.mjs";
import { summarize } from "./latencies.mjs";
import { requestMaker } from "./requests.mjs";

const { address, path, maker, makerArgs, inFlight, seconds, connections } = JSON.parse(process.argv[2]);
const make = requestMaker(maker, makerArgs);
const sessions = Array.from({ length: connections }, () => connect(`http://${address}`));
const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };

const call = (session, body) =>
  new Promise((resolve, reject) => {
    const stream = session.request(headers);
    let status;
    const read = (received) => {
      status = received["grpc-status"] ?? status;
    };
    stream.on("response", read);
    stream.on("trailers", read);
    stream.on("error", reject);
    stream.on("close", () => (status === "0" ? resolve() : reject(new Error(`grpc-status ${status}`))));
    stream.resume();
    stream.end(body);
  });

const latencies = [];
const begin = performance.now() + 1_000;
const end = begin + seconds * 1_000;
await Promise.all(
  Array.from({ length: inFlight }, async (_, i) => {
    const session = sessions[i % connections];
    while (performance.now() < end) {
      const body = frame(make());
      const started = performance.now();
      await call(session, body);
      const now = performance.now();
      if (started >= begin && now <= end) latencies.push((now - started) * 1_000);
    }
  }),
);
for (const session of sessions) session.close();
process.stdout.write(`${JSON.stringify(summarize(latencies, seconds))}\n`);
