/**
 * What `vrrp run` costs at 10 ms intervals, as MASTER and as BACKUP, beside keepalived in the same run:
 * `node dist/test/bench/cpu.js [SECONDS]`, by default 60. All threads and children are counted, from
 * when all has settled, in nanoseconds of the scheduler (/proc/PID/task/TID/schedstat).
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Lan } from "../support/netns.ts";
import { processTree } from "../support/process-tree.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";

const seconds = Number(process.argv[2] ?? 60);
const SETTLED_MS = 15_000; // compilers and garbage collectors have found their pace

const [vipkit, keepalived] = await Promise.all([shares("vipkit"), shares("keepalived")]);
for (const role of ["master", "backup"] as const) {
  const [ours, theirs] = [vipkit[role], keepalived[role]];
  process.stdout.write(
    `CPU of a ${role} at 10 ms: vipkit ${ours.toFixed(2)} %  ` +
      `keepalived ${theirs.toFixed(2)} %  ratio ${(ours / theirs).toFixed(2)}\n`,
  );
}

/** In percent of one core. */
async function shares(
  program: "vipkit" | "keepalived",
): Promise<{ master: number; backup: number }> {
  await using lan = await Lan.open("a", "b");
  const options = { ...FAST_ROUTERS.IPv4, intervalMs: 10 };
  const master = startRouter(program, lan.hosts.a, { ...options, priority: 200 });
  await master.becomes("MASTER");
  const backup = startRouter(program, lan.hosts.b, { ...options, priority: 100 });
  await backup.becomes("BACKUP");
  await setTimeout(SETTLED_MS);
  const pids = [master, backup].map((router) => processTree(router.program.pid));
  const before = pids.map(cpuNs);
  const startNs = process.hrtime.bigint();
  await setTimeout(seconds * 1000);
  const passedNs = Number(process.hrtime.bigint() - startNs);
  const [ofMaster = 0, ofBackup = 0] = pids.map((tree, i) => cpuNs(tree) - (before[i] ?? 0));
  return { master: (100 * ofMaster) / passedNs, backup: (100 * ofBackup) / passedNs };
}

function cpuNs(pids: readonly number[]): number {
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((tid) => `/proc/${pid}/task/${tid}/schedstat`),
  );
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, "utf8").split(" ")[0]), 0);
}
