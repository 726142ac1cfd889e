/**
 * One keepalived.conf for keepalived and for `ha up`, the same programs that judge real servers: IPVS is the same
 * at each step, as ipvsadm tells it.
 */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { HaUp } from "../support/ha-up.ts";
import { withIpvs } from "../support/ipvs-lab.ts";
import { Keepalived } from "../support/keepalived.ts";
import { type Host, Lan } from "../support/netns.ts";
import { Notified, sorted } from "../support/notified.ts";
import type { Program } from "../support/program.ts";

/** A virtual server: two real ones, the second inhibited, and one whose program tells its weight. */
const conf = (
  told: Notified,
  { more = "", scheduler = "wrr", first = "weight 1" } = {},
): string => {
  const check = (program: string, dynamic = ""): string =>
    `MISC_CHECK {\nmisc_path "${program}"\nwarmup 0\nmisc_timeout 30\n${dynamic}\n}`;
  const exists = (name: string): string => check(`/usr/bin/test -e ${told.path(name)}`);
  const service = (name: string, inside: string): string =>
    `virtual_server ${name} {\ndelay_loop 1\nlvs_method NAT\n${inside}\n}\n`;
  return `global_defs {\nscript_user root\n}
virtual_server_group g {\n10.0.9.1-2 53\n}
${service(
  "10.0.8.1 80",
  `lvs_sched ${scheduler}\nprotocol TCP\nalpha\nquorum 2\nhysteresis 1\nsorry_server 127.0.0.1 81
real_server 10.0.1.1 80 {\n${first}\n${exists("one")}\n}
real_server 10.0.1.2 80 {\nweight 2\ninhibit_on_failure\n${exists("two")}\n}
${more}`,
)}
${service("group g", `lvs_sched rr\nprotocol UDP\nreal_server 10.0.1.3 53 {\n${exists("one")}\n}`)}
${service(
  "fwmark 5",
  `lvs_sched sh\nsh-port\nquorum 2\nsorry_server 10.0.1.9 53\nsorry_server_inhibit
real_server 10.0.1.4 53 {\nweight 5\n${check(told.path("weight"), "misc_dynamic")}\n}`,
)}
`;
};

interface Balancer {
  readonly host: Host;
  readonly program: Program;
}

const saved = async ({ host }: Balancer): Promise<string[]> =>
  sorted((await host.run("ipvsadm", "-S", "-n")).split("\n"));

/** Both have the same, and that of what is said of it. */
async function agree(step: string, both: readonly Balancer[], isSo: RegExp): Promise<void> {
  let tables: string[][] = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await setTimeout(300)) {
    tables = [];
    for (const one of both) tables.push(await saved(one));
    const [theirs = [], ours = []] = tables;
    if (theirs.join() === ours.join() && isSo.test(theirs.join("\n"))) return;
  }
  const told = both.flatMap(({ program }) => program.lines.all.slice(-20));
  assert.deepEqual(tables[1], tables[0], [step, ...told].join("\n"));
  assert.fail([step, ...(tables[0] ?? []), ...told].join("\n"));
}

const PATIENCE_MS = 40_000;

withIpvs(import.meta.url, ["keepalived"], () => {
  test("what checks find, from the start to the end", async () => {
    await using lan = await Lan.open("a", "b");
    using told = new Notified();
    const { both, is, weigh } = await start(lan, told);
    await is("all is down but what has no check of its own", /10.0.8.1:80 -r 127.0.0.1:81 -m -w 1/);
    told.touch("one");
    await is("not enough for the quorum", /10.0.9.2:53 -r 10.0.1.3:53/);
    told.touch("two");
    await is("quorum", /10.0.1.1:80 -m -w 1\n.*10.0.1.2:80 -m -w 2/);
    weigh(2);
    await is("weight 0, and the sorry server", /10.0.1.9:53 -m -w 1/);
    weigh(9);
    await is(
      "another weight, the sorry server inhibited",
      /10.0.1.4:53 -m -w 7\n.*10.0.1.9:53 -m -w 0/,
    );
    rmSync(told.path("two"));
    await is("inhibited: it is there with weight 0", /10.0.1.2:80 -m -w 0/);
    rmSync(told.path("one"));
    await is("quorum lost", /10.0.8.1:80 -r 127.0.0.1:81 -m -w 1/);
    for (const one of both) await one.stop();
    await is("the end", /^$/);
  });

  test("what a reload changes", async () => {
    await using lan = await Lan.open("a", "b");
    using told = new Notified();
    told.touch("one");
    told.touch("two");
    const { both, is } = await start(lan, told);
    await is("all is up", /10.0.1.1:80 -m -w 1\n.*10.0.1.2:80 -m -w 2/);
    const reload = async (text: string): Promise<void> => {
      const [theirs, ours] = both;
      theirs.write(text);
      theirs.program.signal("SIGHUP");
      assert.match(await ours.reload(text), /^reloaded/);
    };
    const more = "real_server 10.0.1.7 80 {\nweight 4\n}";
    await reload(conf(told, { more }));
    await is("a server more", /10.0.1.7:80 -m -w 4/);
    await reload(conf(told, { more, scheduler: "wlc", first: "weight 3" }));
    await is("another scheduler, another weight", /-s wlc[\s\S]*10.0.1.1:80 -m -w 3/);
    await reload(conf(told));
    await is("a server less", /-s wrr[\s\S]*10.0.1.1:80 -m -w 1\n.*10.0.1.2:80 -m -w 2\n-a -u/);
  });
});

async function start(lan: Lan<"a" | "b">, told: Notified) {
  const weigh = (status: number): void => writeFileSync(told.path("status"), `${status}\n`);
  told.script("weight", "exit $(cat HERE/status)");
  weigh(0);
  const ours = new HaUp(lan.hosts.b, conf(told), ["--watchdog", "10s"]);
  await ours.program.lines.next(/connections to/, PATIENCE_MS);
  const theirs = new Keepalived(lan.hosts.a, conf(told), ["--check"]);
  const both = [theirs, ours] as const;
  const is = (step: string, isSo: RegExp): Promise<void> => agree(step, both, isSo);
  return { both, is, weigh };
}
