/** A name server for the names of tests, on all addresses: good, bad and silent ones (RFC 1035, RFC 2308). */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { type Answer, decode, encode } from "dns-packet";
import { aRecord } from "./dns-server.ts";

const [address = ""] = process.argv.slice(2); // of what is up

const RECURSION = 0x0180; // desired and available
const SERVFAIL = 2;
const NXDOMAIN = 3;

const server = createSocket("udp4");
server.on("message", (query, { port, address: client }) => {
  const { id = 0, questions = [] } = decode(query);
  const { name = "", type } = questions[0] ?? {};
  const [what = ""] = name.split(".");
  if (what.startsWith("hang")) return;
  const code = { failing: SERVFAIL, none: NXDOMAIN }[what] ?? 0;
  const isThere = code === 0 && what !== "empty" && type === "A";
  const answers: Answer[] = isThere ? [aRecord(name, address)] : [];
  const flags = RECURSION + code;
  server.send(encode({ type: "response", id, flags, questions, answers }), port, client);
});
// Over TCP it lets in, no more.
createServer((client) => client.on("error", () => {}).resume()).listen(53, () =>
  server.bind(53, () => process.stdout.write("listening\n")),
);
