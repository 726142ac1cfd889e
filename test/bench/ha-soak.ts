/**
 * Random faults on three nodes of `ha up`, one after the other, and what must hold all the time:
 * `node dist/test/bench/ha-soak.js [MINUTES] [SEED]`, by default 30 and a random one, which is printed.
 * Ends with 1 where something did not hold. Adverts each second.
 *
 * - When nothing is wrong, the node of the highest priority answers for the address, and nobody else.
 * - While a node is well somebody answers, but for the time of a takeover.
 * - Never do two answer, unless neither could know of the other: the LAN was split.
 * - No process is started again but those that were killed or stopped here.
 * - Memory stays bounded.
 */
import { setTimeout } from "node:timers/promises";
import { parseIp } from "../../src/core/addr.ts";
import { randomFrom } from "../../src/core/seeded-random.ts";
import { FAULTS, type Fault, restartsBy } from "../support/faults.ts";
import { HaUp } from "../support/ha-up.ts";
import { Holders } from "../support/holders.ts";
import { openInside } from "../support/inside.ts";
import { Lan } from "../support/netns.ts";
import { pssMb } from "../support/process-tree.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";

const [minutes = "30", seed = `${Date.now() % 1e6}`] = process.argv.slice(2);
const ROUTER = { ...FAST_ROUTERS.IPv4, intervalMs: 1000 };
const PRIORITIES = { a: 200, b: 150, c: 100 } as const;
const NAMES = ["a", "b", "c"] as const;
const SETTLING_MS = 10_000;
const SETTLED_MS = 2000;
const LONGEST_TAKEOVER_MS = 4500; // master-down time of the last in line, and a busy machine
const LONGEST_DISPUTE_MS = 60; // three questions: an answer may be on its way
const MOST_MB = 110;
const SPLITTING = new Set(["split and heal", "node cut off"]);

process.stdout.write(`seed ${seed}, ${minutes} min\n`);
const random = randomFrom(Number(seed));
await using lan = await Lan.open("a", "b", "c", "client");
const { client } = lan.hosts;
const nodes = { a: start("a"), b: start("b"), c: start("c") };
const vip = parseIp(addressOf(ROUTER)) as Uint8Array;
using holders = new Holders(await openInside(client), client, vip);
const faults = Object.entries({ none: async () => {}, ...FAULTS });
const endMs = Date.now() + Number(minutes) * 60_000;
let broken = 0;

await holders.alone(lan.hosts.a);
while (Date.now() < endMs) {
  const [fault, befall] = pick(faults);
  const name = fault === "address removed" ? "a" : pick(NAMES);
  await suffer(name, fault, befall);
}
const memory = NAMES.map((name) => `${name} ${pssMb(nodes[name].program.pid).toFixed(0)} MB`);
process.stdout.write(`${broken} broken; ${memory.join(", ")}\n`);
process.exitCode = broken === 0 ? 0 : 1;

function start(name: keyof typeof PRIORITIES): HaUp {
  return new HaUp(lan.hosts[name], { ...ROUTER, priority: PRIORITIES[name] });
}

async function suffer(name: (typeof NAMES)[number], fault: string, befall: Fault): Promise<void> {
  const before = restarts();
  holders.take();
  await befall({ lan, master: nodes[name], router: ROUTER, client });
  if (!nodes[name].program.running) nodes[name] = start(name);
  await setTimeout(SETTLING_MS);
  const { silentMs, disputeMs } = longest(holders.take());
  await setTimeout(SETTLED_MS);
  const settled = holders.take();
  const strange = settled.filter(({ macs }) => macs.size !== 1 || !macs.has(lan.hosts.a.mac));
  const flaws = [
    silentMs > LONGEST_TAKEOVER_MS && `nobody answered for ${silentMs} ms`,
    disputeMs > LONGEST_DISPUTE_MS && !SPLITTING.has(fault) && `two answered for ${disputeMs} ms`,
    strange.length > 2 && `${strange.length} of ${settled.length} answers are not of a`,
    restarts() - before > restartsBy(fault) && "a process was started again without a cause",
    ...NAMES.map((one) => pssMb(nodes[one].program.pid) > MOST_MB && `${one} grows`),
  ].filter((flaw) => flaw !== false);
  broken += flaws.length;
  const figures = `silent ${silentMs.toFixed(0)} ms, two ${disputeMs.toFixed(0)} ms`;
  process.stdout.write(`${[`${fault} on ${name}: ${figures}`, ...flaws].join("; BROKEN: ")}\n`);
}

/** Of the nodes that run now. */
function restarts(): number {
  const lines = NAMES.flatMap((name) => nodes[name].program.lines.all);
  return lines.filter((line) => line.includes("started again")).length;
}

/** How long nobody answered, and several did. */
function longest(rounds: ReturnType<Holders["take"]>): { silentMs: number; disputeMs: number } {
  const lasting = (is: (answers: number) => boolean): number => {
    let [longestMs, sinceMs] = [0, Number.NaN];
    for (const { atMs, macs } of rounds) {
      if (!is(macs.size)) sinceMs = Number.NaN;
      else if (Number.isNaN(sinceMs)) sinceMs = atMs;
      else longestMs = Math.max(longestMs, atMs - sinceMs);
    }
    return longestMs;
  };
  return { silentMs: lasting((n) => n === 0), disputeMs: lasting((n) => n > 1) };
}

function pick<T>(of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T;
}
