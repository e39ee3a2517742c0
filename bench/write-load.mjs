// Load for calls that change something: each request is another one, which h2load cannot send. Plain node:http2, with
// requests encoded beforehand. Runs as a process of its own: arguments are a JSON object, the answer is one on stdout.
import { connect } from "node:http2";
import { frame } from "./h2load.mjs";
import { measureCalls } from "./latencies.mjs";
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

const result = await measureCalls({
  inFlight,
  seconds,
  call: (lane) => call(sessions[lane % connections], frame(make())),
});
for (const session of sessions) session.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
