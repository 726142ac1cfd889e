/**
 * What `ha up` costs with many virtual routers, beside keepalived in the same run:
 * `node dist/test/bench/ha-up.js [SECONDS]`, by default 20 for each measure of CPU. Each figure with what is
 * asked of it; each program on a host of its own, one after the other.
 */
import { setTimeout } from "node:timers/promises";
import { cpuShares } from "../support/cpu.ts";
import { HaUp } from "../support/ha-up.ts";
import { Keepalived } from "../support/keepalived.ts";
import type { Lines } from "../support/lines.ts";
import { manyRouters } from "../support/many-routers.ts";
import { Lan } from "../support/netns.ts";
import { pssMb } from "../support/process-tree.ts";
import type { Router } from "../support/router.ts";
import { quantile } from "./distribution.ts";
import { spacingErrors } from "./spacing-errors.ts";

const seconds = Number(process.argv[2] ?? 20);
const SETTLED_MS = 30_000;
const START = { vipkit: HaUp, keepalived: Keepalived } as const;
const MORE_INTERFACES = [1, 2, 3]
  .map(
    (n) =>
      `ip link add eth${n} type veth peer name far${n}; ip link set eth${n} up; ip link set far${n} up; ip address add 10.${n}.0.1/24 dev eth${n}`,
  )
  .join("\n");
const ANNOUNCEMENT = /^(\d+\.\d+) .* (?:who-has|Announcement|Reply) (10\.0\.[\d.]+)/;
type Figures = Readonly<Record<string, number>>;

const [ours, theirs] = [await figuresOf("vipkit"), await figuresOf("keepalived")];
const rows: readonly [what: string, unit: string, asked: (theirs: number) => string][] = [
  ["250 x 1 s: first address to last announced", "ms", () => "300"],
  ["250 x 1 s: CPU", "%", (their) => (1.5 * their).toFixed(2)],
  ["250 x 1 s: PSS", "MB", () => "100"],
  ["50 x 10 ms: CPU", "%", (their) => their.toFixed(2)],
  ["50 x 10 ms: spacing error p99.9", "ms", (their) => their.toFixed(2)],
  ["1,000 on 4 interfaces: start", "ms", () => "3000"],
  ["1,000 on 4 interfaces: PSS", "MB", () => ""],
];
process.stdout.write(line("", "asked", "vipkit", "keepalived"));
for (const [what, unit, asked] of rows) {
  const [own = Number.NaN, their = Number.NaN] = [ours[what], theirs[what]];
  process.stdout.write(line(`${what} (${unit})`, asked(their), own.toFixed(2), their.toFixed(2)));
}

async function figuresOf(program: keyof typeof START): Promise<Figures> {
  const crowd = await atWork(program, { count: 250, intervalMs: 1000 }, async (router) => {
    await setTimeout(SETTLED_MS);
    const [cpu = Number.NaN] = await cpuShares([router.program.pid], seconds);
    return { "250 x 1 s: CPU": cpu, "250 x 1 s: PSS": pssMb(router.program.pid) };
  });
  const fast = await atWork(program, { count: 50, intervalMs: 10 }, async (router) => {
    await setTimeout(SETTLED_MS);
    const [cpu = Number.NaN] = await cpuShares([router.program.pid], seconds);
    const errorsMs = await spacingErrors(router.host, 10, seconds);
    return {
      "50 x 10 ms: CPU": cpu,
      "50 x 10 ms: spacing error p99.9": quantile(errorsMs, 0.999),
    };
  });
  const host = await atWork(program, { count: 1000, intervalMs: 1000 }, async (router) => ({
    "1,000 on 4 interfaces: PSS": pssMb(router.program.pid),
  }));
  return {
    ...crowd.figures,
    ...fast.figures,
    ...host.figures,
    "250 x 1 s: first address to last announced": crowd.spreadMs,
    "1,000 on 4 interfaces: start": host.startMs,
  };
}

/** Starts it, waits until all addresses are announced, and measures. */
async function atWork(
  program: keyof typeof START,
  many: { readonly count: number; readonly intervalMs: number },
  measure: (router: Router) => Promise<Figures>,
): Promise<{ readonly figures: Figures; readonly spreadMs: number; readonly startMs: number }> {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  await a.run("sh", "-euc", MORE_INTERFACES);
  const { conf, vips, downMs } = manyRouters(many);
  // Short frames: its buffer has to hold those of all addresses at once.
  const { lines } = a.spawn(..."tcpdump -Z root -l -n -tt -s 96 -B 8192 -i any arp".split(" "));
  await lines.next(/^listening on/);
  const startedMs = Date.now();
  const router = new START[program](a, conf);
  const { firstMs, lastMs } = await announced(lines, vips);
  process.stderr.write(`${program} ${many.count}: last announced after ${lastMs - startedMs} ms\n`);
  const figures = await measure(router);
  return { figures, spreadMs: lastMs - firstMs, startMs: lastMs - startedMs - downMs };
}

/** When the first announcement of all was sent, and the first of the last address. */
async function announced(
  lines: Lines,
  vips: ReadonlySet<string>,
): Promise<{ readonly firstMs: number; readonly lastMs: number }> {
  const missing = new Set(vips);
  let [firstMs, lastMs] = [Number.NaN, Number.NaN];
  while (missing.size > 0) {
    const match = await lines.next(ANNOUNCEMENT, 60_000);
    const [, atS = "", vip = ""] = match;
    if (!missing.delete(vip)) continue;
    lastMs = Number(atS) * 1000;
    if (Number.isNaN(firstMs)) firstMs = lastMs;
  }
  return { firstMs, lastMs };
}

function line(...[what, ...figures]: readonly string[]): string {
  return `${what?.padEnd(50)}${figures.map((one) => one.padStart(12)).join("")}\n`;
}
