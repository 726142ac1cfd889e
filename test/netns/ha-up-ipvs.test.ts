/** IPVS and the life of `ha up`: what outlives its processes, what others do meanwhile, what stays at the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { HaUp } from "../support/ha-up.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { type Host, Lan } from "../support/netns.ts";
import { sorted } from "../support/notified.ts";

withIpvs(import.meta.url, [], () => {
  test("its table outlives the process of the checks, others' deletions, and all of its processes", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run("ipvsadm", "-A", "-f", "7", "-s", "lc");
    const up = new HaUp(a, CONF, MORE);
    await becomes(a, [OTHER, ...TABLE]);
    process.kill(up.pidOf("checkers"), "SIGKILL");
    await up.program.lines.next(/started again/, PATIENCE_MS);
    assert.deepEqual(await saved(a), sorted([OTHER, ...TABLE]));
    await up.program.lines.next(/connections to/, PATIENCE_MS); // of the next one
    assert.deepEqual(await saved(a), sorted([OTHER, ...TABLE]));
    await a.run("ipvsadm", "-d", "-t", "10.0.8.1:80", "-r", "10.0.1.2:80");
    await up.program.lines.next(
      /10.0.1.2:80 of tcp 10.0.8.1:80 was deleted by another process/,
      PATIENCE_MS,
    );
    await becomes(a, [OTHER, ...TABLE]);
    await up.kill();
    assert.deepEqual(await saved(a), sorted([OTHER, ...TABLE]));
    const next = new HaUp(a, CONF, MORE);
    await next.program.lines.next(/connections to/, PATIENCE_MS);
    await next.stop();
    assert.deepEqual(await saved(a), [OTHER]);
  });
});

const becomes = async (host: Host, wanted: readonly string[]): Promise<void> => {
  let now: string[] = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await setTimeout(300)) {
    now = await saved(host);
    if (now.join() === sorted(wanted).join()) return;
  }
  assert.deepEqual(now, sorted(wanted));
};

const saved = async (host: Host): Promise<string[]> =>
  sorted((await host.run("ipvsadm", "-S", "-n")).trim().split("\n"));

const OTHER = "-A -f 7 -s lc";
const TABLE = [
  "-A -t 10.0.8.1:80 -s wrr",
  "-a -t 10.0.8.1:80 -r 10.0.1.1:80 -m -w 1",
  "-a -t 10.0.8.1:80 -r 10.0.1.2:80 -m -w 3",
];
const CONF = `virtual_server 10.0.8.1 80 {
lvs_sched wrr
protocol TCP
lvs_method NAT
real_server 10.0.1.1 80 {
}
real_server 10.0.1.2 80 {
weight 3
}
}
`;
const MORE = ["--watchdog", "10s"];
const PATIENCE_MS = 40_000;
