/**
 * One keepalived.conf, the same faults: `ha up` tells programs and FIFOs what keepalived does.
 * Different by intent: programs of one subject run one behind the other, and those of keepalived all at
 * once, so their lines are compared without their order; those of a FIFO with it, for each subject.
 */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Keepalived } from "../support/keepalived.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Notified, sorted } from "../support/notified.ts";
import { FAST_ROUTERS, type Router, startRouter } from "../support/router.ts";

const isRoot = process.getuid?.() === 0;
const skip = isRoot ? labMissing("keepalived", "mkfifo", "nft") : "needs root: scripts run as root";

const instance = (name: string, vrid: number, inside: string) => `vrrp_instance ${name} {
  interface eth0
  version 3
  virtual_router_id ${vrid}
  priority ${100 + vrid}
  advert_int 0.1
  virtual_ipaddress { 10.0.0.${vrid}/24 }
  ${inside}
}`;

function conf(told: Notified): string {
  const path = (name: string): string => told.path(name);
  const hooks = (name: string): string =>
    ["master", "backup", "fault", "stop"]
      .map((state) => `notify_${state} "${path("log")} ${name} 'in ${state}'"`)
      .concat(`notify "${path("log")} any"`)
      .join("\n");
  return `global_defs {
  script_user root
  enable_script_security
  vrrp_notify_priority_changes
  notify_fifo ${path("fifo")}
  vrrp_notify_fifo ${path("other")}
  vrrp_notify_fifo_script "${path("reader")} its"
}
vrrp_script chk { script "${path("chk")}"
  interval 1
}
vrrp_script extra { script "${path("extra")}"
  interval 1
  weight 7
}
${instance(
  "alone",
  51,
  `${hooks("alone")}
  notify_master_rx_lower_pri "${path("log")} alone lower"
  track_script { extra }`,
)}
${instance("one", 61, `${hooks("one")}\n track_script { chk }`)}
${instance("two", 71, "")}
vrrp_sync_group both { group { one
  two }
  ${hooks("both")}
}
`;
}

/** @returns what was told from the start of a router to its end */
async function story(start: (host: Host, conf: string) => Router) {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  using told = new Notified();
  told.script("chk", "test ! -e HERE/down");
  told.script("extra", "test -e HERE/more");
  told.makeFifo("fifo");
  a.spawn("sh", "-c", `exec cat <>${told.path("fifo")} >${told.path("fifo.txt")}`);
  const router = start(a, conf(told));
  let count = 0;
  const more = async (lines: number): Promise<void> => {
    count += lines;
    await told.reaches("fifo.txt", count);
  };
  await more(2 * ALL); // BACKUP and MASTER
  writeFileSync(told.path("more"), "");
  await more(1); // MASTER_PRIORITY
  writeFileSync(told.path("down"), "");
  await more(3); // FAULT of the group
  rmSync(told.path("down"));
  await more(2 * 3);
  await lan.cut(a);
  await more(ALL); // FAULT
  await lan.mend(a);
  await more(2 * ALL);
  const stronger = startRouter("keepalived", b, { ...RIVAL, priority: 240 });
  await more(1); // BACKUP
  await stronger.stop();
  await more(1);
  await told.reaches("log.txt", runsAfter(told.lines("fifo.txt")));
  await router.stop();
  await more(ALL); // STOP
  await told.reaches("log.txt", runsAfter(told.lines("fifo.txt")));
  const reader = told.lines("other.txt").slice(0, 2 * ALL);
  return { programs: sorted(told.lines("log.txt")), fifo: told.lines("fifo.txt"), reader };
}

/** Lines of one change of all: alone, one, two and both. */
const ALL = 4;

/** How many programs follow these lines: two each state, but for `two`, which has none. */
const runsAfter = (fifo: readonly string[]): number =>
  2 * fifo.filter((line) => !/"two"|_PRI/.test(line)).length;

const bySubject = (lines: readonly string[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [, subject = ""] = /^(\w+ "\w+")/.exec(line) ?? [];
    found.set(subject, [...(found.get(subject) ?? []), line]);
  }
  return found;
};

test("the same lines from a start, faults, a failover and a stop", { skip }, async () => {
  const [theirs, ours] = await Promise.all([story(KEEPALIVED), story(HA_UP)]);
  assert.deepEqual(bySubject(ours.fifo), bySubject(theirs.fifo));
  assert.deepEqual(ours.programs, theirs.programs);
  assert.deepEqual(bySubject(ours.reader), bySubject(theirs.reader), "of the other FIFO");
});

test("a lower priority that a MASTER hears is told", { skip }, async () => {
  const heard = async (start: (host: Host, conf: string) => Router) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    using told = new Notified();
    told.script("chk", "true");
    told.script("extra", "false");
    await lan.dropMulticastOf(a); // or the weaker one would give way
    const weaker = startRouter("keepalived", b, { ...RIVAL, priority: 50 });
    await weaker.becomes("MASTER");
    const router = start(a, conf(told));
    while (!told.lines("log.txt").includes("alone lower")) await told.grows("log.txt");
    await router.stop();
    return told.lines("other.txt").find((line) => line.includes("LOWER"));
  };
  const [theirs, ours] = await Promise.all([heard(KEEPALIVED), heard(HA_UP)]);
  assert.equal(ours, 'INSTANCE "alone" MASTER_RX_LOWER_PRI 151');
  assert.equal(theirs, ours);
});

const RIVAL = { ...FAST_ROUTERS.IPv4, vip: "10.0.0.51/24" };
const KEEPALIVED = (host: Host, text: string): Router => new Keepalived(host, text);
const HA_UP = (host: Host, text: string): Router => new HaUp(host, text);
