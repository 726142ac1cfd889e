/**
 * What faults of a MASTER cost a client, `ha up` beside keepalived in the same run: how long nobody answered it
 * (TCP, asked every 10 ms), and how long two answered its ARP requests. A pair each on a LAN of its own, adverts
 * each second. `node dist/test/bench/ha-faults.js [FAULT]`.
 */
import { setTimeout } from "node:timers/promises";
import { parseIp } from "../../src/core/addr.ts";
import { FAULTS, type Fault } from "../support/faults.ts";
import { HaUp } from "../support/ha-up.ts";
import { Holders } from "../support/holders.ts";
import { openInside } from "../support/inside.ts";
import { Keepalived } from "../support/keepalived.ts";
import { Lan } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";

interface Cost {
  readonly outageMs: number;
  readonly twoAnswersMs: number;
}

const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 1000 };
const AFTERMATH_MS = 6000; // a takeover, and the second announcement of a MASTER
const [only] = process.argv.slice(2);

const columns = ["outage", "two answers"].flatMap((what) => [`${what}`, "keepalived"]);
process.stdout.write(line("ms", ...columns));
for (const [name, fault] of Object.entries(FAULTS)) {
  if (only !== undefined && name !== only) continue;
  const [ours, theirs] = await Promise.all([costOf(HaUp, fault), costOf(Keepalived, fault)]);
  const figures = [ours.outageMs, theirs.outageMs, ours.twoAnswersMs, theirs.twoAnswersMs];
  process.stdout.write(line(name, ...figures.map((ms) => ms.toFixed(0))));
}

async function costOf(Program: typeof HaUp | typeof Keepalived, fault: Fault): Promise<Cost> {
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const master = new Program(a, { ...ROUTER, priority: 200 });
  await master.becomes("MASTER");
  const backup = new Program(b, { ...ROUTER, priority: 100 });
  await backup.becomes("BACKUP");
  const vip = addressOf(ROUTER);
  using holders = new Holders(await openInside(client), client, parseIp(vip) as Uint8Array);
  const probe = await Probe.open(client, vip);
  await setTimeout(1000);
  const sinceMs = performance.timeOrigin + performance.now();
  await fault({ lan, master, router: ROUTER, client });
  await setTimeout(AFTERMATH_MS);
  await probe.answer();
  await probe.close();
  return {
    outageMs: probe.account(sinceMs).longestGapMs,
    twoAnswersMs: holders.longestDisputeMs,
  };
}

function line(...[what, ...figures]: readonly string[]): string {
  return `${what?.padEnd(28)}${figures.map((one) => one.padStart(13)).join("")}\n`;
}
