/**
 * 20,000 TCP targets that say nothing, 4,096 at once with a second for each, in a network namespace that
 * drops what is sent to them. Wanted: under 10 s and 200 MB.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import "../support/bench.ts";
import { BIN } from "../support/cli.ts";
import { enterOwnNetns, ownNetnsMissing } from "../support/own-netns.ts";

const TARGETS = "10.0.0.0-10.0.78.31:80"; // 20,000
const words = ["check", "tcp", "-q", "-t", "1s", "--concurrency", "4096", TARGETS];

if (ownNetnsMissing !== false) {
  process.stdout.write(`${ownNetnsMissing}\n`);
} else {
  await enterOwnNetns();
  // Neighbours of their own that nobody has to look for; what is sent there is lost.
  for (const line of [
    "link add near type veth peer name far",
    "link set near up arp off",
    "link set far up arp off",
    "addr add 10.0.200.1/16 dev near",
  ])
    execFileSync("ip", line.split(" "));
  const startMs = performance.now();
  const child = spawn(process.execPath, [BIN, ...words], { stdio: "inherit" });
  let [peakKb, cpuMs] = [0, 0];
  const look = setInterval(() => {
    peakKb = Number(/VmHWM:\s+(\d+)/.exec(read(child.pid, "status"))?.[1] ?? peakKb);
    const stat = read(child.pid, "stat").split(" ");
    if (stat.length > 14) cpuMs = (Number(stat[13]) + Number(stat[14])) * 10;
  }, 50);
  await once(child, "exit");
  clearInterval(look);
  const tookS = ((performance.now() - startMs) / 1000).toFixed(1);
  process.stdout.write(
    `20,000 silent targets: ${tookS} s, ${cpuMs} ms of CPU, peak ${(peakKb / 1024).toFixed(0)} MB\n`,
  );
}

function read(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // it has just ended
  }
}
