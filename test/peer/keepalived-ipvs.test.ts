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
const conf = (told: Notified): string => {
  const check = (program: string, dynamic = ""): string =>
    `MISC_CHECK {\nmisc_path "${program}"\nwarmup 0\nmisc_timeout 30\n${dynamic}\n}`;
  const exists = (name: string): string => check(`/usr/bin/test -e ${told.path(name)}`);
  const service = (name: string, inside: string): string =>
    `virtual_server ${name} {\ndelay_loop 1\nlvs_method NAT\n${inside}\n}\n`;
  return `global_defs {\nscript_user root\n}
virtual_server_group g {\n10.0.9.1-2 53\n}
${service(
  "10.0.8.1 80",
  `lvs_sched wrr\nprotocol TCP\nalpha\nquorum 2\nhysteresis 1\nsorry_server 127.0.0.1 81
real_server 10.0.1.1 80 {\nweight 1\n${exists("one")}\n}
real_server 10.0.1.2 80 {\nweight 2\ninhibit_on_failure\n${exists("two")}\n}`,
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
    const weigh = (status: number): void => writeFileSync(told.path("status"), `${status}\n`);
    told.script("weight", "exit $(cat HERE/status)");
    weigh(0);
    const { both, is } = await start(lan, conf(told));
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
    const [first, ...rest] = RELOADS;
    const { both, is } = await start(lan, first.conf);
    await is("start", first.isSo);
    for (const { step, conf, isSo } of rest) {
      const [theirs, ours] = both;
      theirs.write(conf);
      theirs.program.signal("SIGHUP");
      const said = await ours.reload(conf);
      assert.match(said, /^reloaded/, ours.program.lines.all.slice(-5).join("\n"));
      await is(step, isSo);
    }
  });

  test("a sync daemon has the role of its virtual router, and ends with it", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const daemons = async (host: Host): Promise<string> =>
      (await host.run("ipvsadm", "-L", "--daemon")).trim();
    const becomes = async (host: Host, wanted: string): Promise<void> => {
      let said = "";
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await setTimeout(300)) {
        said = await daemons(host);
        if (said === wanted) return;
      }
      assert.equal(said, wanted);
    };
    const ours = new HaUp(b, routed(200), ["--watchdog", "10s"]);
    await becomes(b, daemonLine("master", 1472));
    const theirs = new Keepalived(a, routed(100), []);
    await becomes(a, daemonLine("backup", 1472));
    await ours.stop();
    assert.equal(await daemons(b), "");
    await becomes(a, daemonLine("master", 1472));
    await theirs.stop();
  });
});

/** Without checks: programs that run beside it would keep both from being read. */
const plain = (head: string, inside: string): string =>
  `virtual_server ${head} {\nprotocol TCP\nlvs_method NAT\n${inside}\n}\n`;
const server = (number: number, inside = ""): string =>
  `real_server 10.0.1.${number} 80 {\n${inside}\n}`;
const group = (members: string): string => `virtual_server_group g {\n${members}\n}\n`;

/** That a member of a group goes is not here: keepalived 2.2.7 leaves its service, without servers. */
const RELOADS = [
  {
    step: "start",
    conf: `${group("10.0.9.2 53")}${plain("10.0.8.1 80", `lvs_sched wrr\n${server(1)}\n${server(2)}`)}
${plain("group g", `lvs_sched rr\n${server(3)}`)}${plain("fwmark 5", `lvs_sched rr\n${server(4)}`)}`,
    isSo: /-f 5 -r 10.0.1.4[\s\S]*10.0.9.2:53 -r 10.0.1.3:80/,
  },
  {
    step: "servers come and go, a weight, a threshold, a scheduler, services, a member of a group comes",
    conf: `${group("10.0.9.2 53\n10.0.9.3 53")}${plain(
      "10.0.8.1 80",
      `lvs_sched sh\nsh-port\npersistence_timeout 50\n${server(2, "weight 4\nuthreshold 9")}\n${server(7)}`,
    )}${plain("group g", `lvs_sched rr\n${server(3)}`)}${plain("10.0.8.2 80", `lvs_sched rr\n${server(4)}`)}`,
    isSo: /-s sh -p 50 -b sh-port[\s\S]*10.0.1.2:80 -m -w 4[\s\S]*10.0.8.2:80 -r 10.0.1.4[\s\S]*10.0.9.3:53/,
  },
  {
    step: "little of it is left",
    conf: `${group("10.0.9.2 53\n10.0.9.3 53")}${plain("10.0.8.1 80", `lvs_sched wrr\n${server(1)}`)}
${plain("group g", `lvs_sched rr\n${server(3)}\n${server(4)}`)}`,
    isSo: /^-A -t 10.0.8.1:80 -s wrr\n-A[\s\S]*10.0.8.1:80 -r 10.0.1.1:80 -m -w 1\n-a -t 10.0.9.2[\s\S]*10.0.9.3:53 -r 10.0.1.4/,
  },
] as const;

async function start(lan: Lan<"a" | "b">, text: string) {
  const ours = new HaUp(lan.hosts.b, text, ["--watchdog", "10s"]);
  await ours.program.lines.next(/connections to/, PATIENCE_MS);
  const theirs = new Keepalived(lan.hosts.a, text, ["--check"]);
  const both = [theirs, ours] as const;
  const is = (step: string, isSo: RegExp): Promise<void> => agree(step, both, isSo);
  return { both, is };
}

/** A virtual router that a sync daemon follows. */
const routed = (priority: number): string => `global_defs {
lvs_sync_daemon eth0 v id 9
}
vrrp_instance v {
state BACKUP
interface eth0
virtual_router_id 7
priority ${priority}
virtual_ipaddress {
10.0.0.99
}
}
${plain("10.0.8.1 80", `lvs_sched rr\n${server(1)}`)}`;

const daemonLine = (role: string, maxBytes: number): string =>
  `${role} sync daemon (mcast=eth0, syncid=9, maxlen=${maxBytes}, group=224.0.0.81, port=8848, ttl=1)`;
