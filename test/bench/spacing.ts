/**
 * How evenly a master sends at 10 ms intervals: the distance of two adverts from 10 ms, by kernel time
 * stamps of another host; vipkit and keepalived for 60 s side by side, each on a LAN of its own.
 */
import { Lan } from "../support/netns.ts";
import { FAST_ROUTERS, type RouterProgram, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";
import { printRatios } from "./distribution.ts";

const INTERVAL_MS = 10;
const ADVERTS = 6000;

const [vipkit, keepalived] = await Promise.all([errorsMs("vipkit"), errorsMs("keepalived")]);
printRatios(
  `advert spacing error at ${INTERVAL_MS} ms`,
  { p50: 0.5, p99: 0.99, "p99.9": 0.999, worst: 1 },
  { vipkit, keepalived },
);

async function errorsMs(program: RouterProgram): Promise<number[]> {
  await using lan = await Lan.open("a", "b");
  const options = { ...FAST_ROUTERS.IPv4, intervalMs: INTERVAL_MS, priority: 100 };
  const master = startRouter(program, lan.hosts.a, options);
  await master.becomes("MASTER");
  const witness = await Witness.open(lan.hosts.b, "vrrp");
  for (let i = 0; i < ADVERTS; i++) await witness.next(/ prio 100,/);
  const times = witness.frames.map(({ atMs }) => atMs);
  return times.slice(1).map((atMs, i) => Math.abs(atMs - (times[i] ?? atMs) - INTERVAL_MS));
}
