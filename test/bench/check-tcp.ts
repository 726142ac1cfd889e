/**
 * 2,000 addresses of one listener on loopback, each asked once, beside nmap and an empty node, in turns;
 * program start included. Wanted: at least as fast as `nmap -sT -Pn -n -T5`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tellTimes, timeInTurns } from "../support/bench.ts";
import { BIN } from "../support/cli.ts";

const ROUNDS = 15;
const TARGETS = 2000;
const LISTENER = `
  const server = require("node:net").createServer((socket) => socket.on("error", () => {}).resume());
  server.listen({ port: 0, backlog: 4096 }, () => process.stdout.write(String(server.address().port)));
`;

const listener = spawn(process.execPath, ["-e", LISTENER], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [port] = await once(listener.stdout, "data");
const folder = mkdtempSync(path.join(tmpdir(), "vipkit-"));
const [hosts, targets] = [path.join(folder, "hosts"), path.join(folder, "targets")];
const addresses = Array.from({ length: TARGETS }, (_, n) => `127.0.${1 + (n >> 8)}.${n & 255}`);
writeFileSync(hosts, addresses.map((address) => `${address}\n`).join(""));
writeFileSync(targets, addresses.map((address) => `${address}:${port}\n`).join(""));
const nmap = ["nmap", "-sT", "-Pn", "-n", "-T5", "-p", String(port), "-iL", hosts];
const programs = {
  nmap,
  "vipkit check tcp": [process.execPath, BIN, "check", "tcp", "-q", "-f", targets],
  "node -e 0": [process.execPath, "-e", "0"],
};
try {
  tellTimes(timeInTurns(programs, ROUNDS));
} finally {
  listener.kill();
  rmSync(folder, { recursive: true });
}
