/** What it costs to watch many TCP ports: 10,000 checks a minute of a listener on loopback, for one minute. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import "../support/bench.ts";
import { BIN } from "../support/cli.ts";

const TARGETS = 10_000;
const MINUTE_MS = 60_000;

const server = createServer((socket) => socket.on("error", () => {}).resume());
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address() as AddressInfo;
const words = ["check", "tcp", "-f", "-", "--watch", "--interval", "60s", "-q"];
const child = spawn(process.execPath, [BIN, ...words], { stdio: ["pipe", "inherit", "inherit"] });
child.stdin.end(`127.0.0.1:${port}\n`.repeat(TARGETS));
await new Promise((resolve) => setTimeout(resolve, MINUTE_MS));
const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
const peakKb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(" ");
const cpuMs = (Number(stat[13]) + Number(stat[14])) * 10;
process.stdout.write(
  `${TARGETS} checks/min: ${((100 * cpuMs) / MINUTE_MS).toFixed(1)} % of a core, peak ${(peakKb / 1024).toFixed(0)} MB\n`,
);
child.kill("SIGINT");
await once(child, "exit");
server.close();
