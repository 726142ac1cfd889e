/**
 * What `vrrp run` costs at 10 ms intervals, as MASTER and as BACKUP, beside keepalived and beside a bare
 * node that wakes as often and does nothing, in the same run: `node dist/test/bench/cpu.js [SECONDS]`,
 * by default 60. All threads and children are counted, once compilers and garbage collectors have found
 * their pace.
 */
import { setTimeout } from "node:timers/promises";
import { cpuShares } from "../support/cpu.ts";
import { Lan } from "../support/netns.ts";
import { Program } from "../support/program.ts";
import { FAST_ROUTERS, type RouterProgram, startRouter } from "../support/router.ts";

const seconds = Number(process.argv[2] ?? 60);
const SETTLED_MS = 40_000;
const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 10 };

const [ours, theirs, [bare = 0]] = await Promise.all([
  pair("vipkit"),
  pair("keepalived"),
  bareNode(),
]);
for (const [n, role] of ["master", "backup"].entries()) {
  const [own = 0, other = 0] = [ours[n], theirs[n]];
  process.stdout.write(
    `CPU of a ${role} at 10 ms: vipkit ${own.toFixed(2)} %  keepalived ${other.toFixed(2)} %  ` +
      `ratio ${(own / other).toFixed(2)}  (a bare node ${bare.toFixed(2)} %)\n`,
  );
}

/** Master, backup. */
async function pair(program: RouterProgram): Promise<number[]> {
  await using lan = await Lan.open("a", "b");
  const master = startRouter(program, lan.hosts.a, { ...ROUTER, priority: 200 });
  await master.becomes("MASTER");
  const backup = startRouter(program, lan.hosts.b, { ...ROUTER, priority: 100 });
  await backup.becomes("BACKUP");
  await setTimeout(SETTLED_MS);
  return await cpuShares([master.program.pid, backup.program.pid], seconds);
}

async function bareNode(): Promise<number[]> {
  const node = new Program("node", [process.execPath, "-e", "setInterval(() => {}, 10)"]);
  try {
    await setTimeout(SETTLED_MS);
    return await cpuShares([node.pid], seconds);
  } finally {
    await node.destroy();
  }
}
