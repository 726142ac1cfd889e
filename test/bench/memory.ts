/**
 * Resident memory of `vrrp run` at 10 ms intervals, master and backup, one line a minute:
 * `node dist/test/bench/memory.js [MINUTES]`, by default 60.
 */
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Lan } from "../support/netns.ts";
import { FAST_ROUTERS, type Router, startRouter } from "../support/router.ts";

const minutes = Number(process.argv[2] ?? 60);
await using lan = await Lan.open("a", "b");
const options = { ...FAST_ROUTERS.IPv4, intervalMs: 10 };
const master = startRouter("vipkit", lan.hosts.a, { ...options, priority: 200 });
await master.becomes("MASTER");
const backup = startRouter("vipkit", lan.hosts.b, { ...options, priority: 100 });
await backup.becomes("BACKUP");

for (let minute = 0; minute <= minutes; minute++) {
  const figures = `master ${residentMb(master)} MB  backup ${residentMb(backup)} MB`;
  process.stdout.write(`${String(minute).padStart(3)} min  ${figures}\n`);
  if (minute < minutes) await setTimeout(60_000);
}

function residentMb(router: Router): string {
  const status = readFileSync(`/proc/${router.program.pid}/status`, "utf8");
  return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024).toFixed(1);
}
