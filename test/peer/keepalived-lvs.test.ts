/**
 * One keepalived.conf, the same programs that judge real servers: `ha up` writes to lvs_notify_fifo what
 * keepalived writes, and has connections go where IPVS of keepalived has them go.
 */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { HaStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { HaUp } from "../support/ha-up.ts";
import { bootIpvs, ipvsKernelMissing } from "../support/ipvs-kernel.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Notified, sorted } from "../support/notified.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = ipvsKernelMissing() || labMissing("keepalived", "mkfifo");

function conf(told: Notified): string {
  const check = (program: string, more = ""): string =>
    `MISC_CHECK {\nmisc_path "${program}"\nwarmup 0\nmisc_timeout 30\n${more}\n}`;
  const exists = (name: string): string => check(`/usr/bin/test -e ${told.path(name)}`);
  const service = (name: string, more: string): string =>
    `virtual_server ${name} {\ndelay_loop 1\nlvs_sched wrr\nlvs_method NAT\n${more}\n}`;
  return `global_defs {
script_user root
rs_init_notifies
lvs_notify_fifo ${told.path("fifo")}
}
virtual_server_group g {
10.0.0.7 53
}
${service(
  "10.0.0.1 80",
  `protocol TCP\nalpha\nomega\nquorum 2\nhysteresis 1\nsorry_server 127.0.0.1 81
real_server 10.0.1.1 80 {\nweight 1\n${exists("one")}\n}
real_server 10.0.1.2 80 {\nweight 2\ninhibit_on_failure\n${exists("two")}\n}`,
)}
${service("group g", `protocol UDP\nreal_server 10.0.1.3 53 {\n${exists("three")}\n}`)}
${service(
  "fwmark 5",
  `quorum 2\nsorry_server 10.0.1.9 53
real_server 10.0.1.4 53 {\nweight 5\n${check(told.path("weight"), "misc_dynamic")}\n}`,
)}
${service(
  "fd00::1 80",
  `protocol TCP\nreal_server fd00::4 81 {\n${exists("one")}\n${exists("three")}\n}`,
)}
`;
}

/** A load balancer with that file. */
interface Balancer {
  /** Lines of the FIFO so far. */
  lines(): readonly string[];
  /** `10.0.1.1:80 5`: where connections go, of all virtual servers. */
  destinations(): Promise<readonly string[]>;
  end(): Promise<void>;
  destroy(): Promise<void>;
}

async function reaches({ lines }: Balancer, count: number): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; lines().length < count; await setTimeout(20)) {
    if (Date.now() > until) throw new Error(`${count} wanted: ${lines().join("; ")}`);
  }
}

async function story(told: Notified, start: (conf: string) => Promise<Balancer>) {
  told.makeFifo("fifo");
  told.script("weight", "exit $(cat HERE/status)");
  const weigh = (status: number): void => writeFileSync(told.path("status"), `${status}\n`);
  weigh(0);
  told.touch("three");
  const balancer = await start(conf(told));
  try {
    return await changes(told, balancer, weigh);
  } finally {
    await balancer.destroy();
  }
}

async function changes(told: Notified, balancer: Balancer, weigh: (status: number) => void) {
  let count = 0;
  const more = async (lines: number): Promise<void> => {
    count += lines;
    await reaches(balancer, count);
  };
  const destinations: (readonly string[])[] = [];
  const look = async (): Promise<void> => void destinations.push(await balancer.destinations());
  await more(7 + 4); // the start, and first failures
  await look();
  told.touch("one");
  await more(3);
  told.touch("two");
  await more(2);
  await look();
  weigh(2); // weight 0
  await more(1);
  await look();
  weigh(9); // weight 7
  await more(1);
  await look();
  rmSync(told.path("three"));
  await more(4);
  rmSync(told.path("two"));
  await more(1); // as much as quorum less hysteresis is left
  await look();
  rmSync(told.path("one"));
  await more(2);
  await look();
  told.touch("one");
  await more(1);
  await balancer.end();
  await more(1); // omega, with servers to which no connections went
  return { lines: byService(balancer.lines()), destinations };
}

/** What is told of different virtual servers comes in any order. */
function byService(lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const line of lines) {
    const [, service = ""] = /^(?:VS|RS \S+) (.*) (?:UP|DOWN)$/.exec(line) ?? [];
    found[service] = [...(found[service] ?? []), line];
  }
  return found;
}

const isTold = (line: string): boolean => /^[RV]S /.test(line);

async function keepalived(told: Notified, text: string): Promise<Balancer> {
  writeFileSync(told.path("conf"), text);
  const pids = "--pid /run/pid --checkers_pid /run/checkers.pid";
  const [fifo, ask, end] = [told.path("fifo"), told.path("ask"), told.path("end")];
  const kernel = bootIpvs(told.folder, [
    `cat <>${fifo} &`,
    `keepalived -n -l -D -G -C -f ${told.path("conf")} ${pids} >/run/log 2>&1 &`,
    "daemon=$!",
    `until [ -e ${end} ]; do`,
    `if [ -e ${ask} ]; then ipvsadm -Sn; rm ${ask}; echo looked; fi; sleep 0.1; done`,
    "kill $daemon; wait $daemon; sleep 0.3; echo over",
  ]);
  const { lines } = kernel;
  return {
    lines: () => lines.all.filter(isTold),
    async destinations() {
      const before = lines.all.length;
      told.touch("ask");
      await lines.next(/^looked/, PATIENCE_MS);
      return sorted(
        lines.all.slice(before).flatMap((line) => {
          const [, server, weight] = /^-a .* -r (\S+) -m -w (\d+)/.exec(line) ?? [];
          return server === undefined ? [] : [`${server} ${weight}`];
        }),
      );
    },
    async end() {
      told.touch("end");
      await lines.next(/^over/, PATIENCE_MS);
    },
    destroy: () => kernel.destroy(),
  };
}

test("the same lines, and the same destinations, from the start to the end", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const vipkit = async (told: Notified, text: string): Promise<Balancer> => {
    a.spawn("sh", "-c", `exec cat <>${told.path("fifo")} >${told.path("fifo.txt")}`);
    const up = new HaUp(a, text);
    const argv = [process.execPath, VIPKIT, "ha", "status", "-j", "--name", a.name];
    return {
      lines: () => told.lines("fifo.txt"),
      async destinations() {
        const { services }: HaStatusRecord = JSON.parse(await a.run(...argv));
        const all = (services ?? []).flatMap((one) => one.destinations);
        return sorted(all.map(({ server, weight }) => `${addressOf(server)} ${weight}`));
      },
      end: () => up.stop(),
      destroy: () => up.program.destroy(),
    };
  };
  using theirTold = new Notified();
  using ourTold = new Notified();
  const [theirs, ours] = await Promise.all([
    story(theirTold, (text) => keepalived(theirTold, text)),
    story(ourTold, (text) => vipkit(ourTold, text)),
  ]);
  assert.deepEqual(ours.lines, theirs.lines);
  assert.deepEqual(ours.destinations, theirs.destinations);
});

/** `[10.0.1.1]:tcp:80` as ipvsadm has it. */
const addressOf = (label: string): string =>
  label.replace(/^\[(.*)\]:\w+:(\d+)$/, (_, ip: string, port: string) =>
    ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`,
  );

const PATIENCE_MS = 20_000;
