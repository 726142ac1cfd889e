/**
 * What the flight recorder costs a backup while its LAN is flooded with adverts of another virtual
 * router: memory and CPU, one line each 5 s. `node dist/test/bench/recorder.js [PER_SECOND] [SECONDS]`,
 * by default 20000 and 60.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Lan } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";

const [perSecond = "20000", seconds = "60"] = process.argv.slice(2);
const FLOOD = fileURLToPath(new URL("../support/advert-flood.js", import.meta.url));
await using lan = await Lan.open("a", "b", "client");
const { a, b, client } = lan.hosts;
const master = startRouter("vipkit", a, { ...FAST_ROUTERS.IPv4, priority: 200 });
await master.becomes("MASTER");
const backup = startRouter("vipkit", b, { ...FAST_ROUTERS.IPv4, priority: 100 });
await backup.becomes("BACKUP");
print("before");
const flood = client.spawn(process.execPath, FLOOD, client.ipv4, "7", perSecond);
for (let second = 1; second <= Number(seconds); second++) {
  await flood.lines.next(/^sent/);
  if (second % 5 === 0) print(`${second} s`);
}
process.stdout.write(
  `transitions: ${backup.program.lines.all.filter((line) => line.includes("->")).length}\n`,
);

function print(when: string): void {
  const status = readFileSync(`/proc/${backup.program.pid}/status`, "utf8");
  const stat = readFileSync(`/proc/${backup.program.pid}/stat`, "utf8").split(" ");
  const residentMb = (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024).toFixed(1);
  const cpuS = (Number(stat[13]) + Number(stat[14])) / 100;
  process.stdout.write(`${when.padStart(8)}  ${residentMb} MB  ${cpuS.toFixed(2)} s CPU\n`);
}
