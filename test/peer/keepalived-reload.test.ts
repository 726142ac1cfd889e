/** A reload shows on the wire, on the host and to notify programs and FIFOs as one of keepalived does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Keepalived } from "../support/keepalived.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Notified, sorted } from "../support/notified.ts";
import { FAST_ROUTERS, type RouterOptions } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump", "keepalived");

const MASTER: RouterOptions = { ...FAST_ROUTERS.IPv4, priority: 200 };
const BACKUP: RouterOptions = { ...MASTER, priority: 100 };
/** In no advert: keepalived heeds none that has other addresses than its own. */
const WITH_MORE: RouterOptions = { ...MASTER, excludedVips: ["10.0.0.101/24"] };
const ADDRESSES = ["10.0.0.100", "10.0.0.101"];

/** What a master's reloads come to: addresses that it holds, and what its peer makes of it. */
async function reloads(Program: typeof HaUp | typeof Keepalived): Promise<string[]> {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const master = new Program(a, MASTER);
  await master.becomes("MASTER");
  const backup = new Keepalived(b, BACKUP);
  await backup.becomes("BACKUP");
  const witness = await Witness.open(b, "vrrp or arp");
  const outcome: string[] = [];
  const note = async (step: string): Promise<void> => {
    const held = await Promise.all(ADDRESSES.map((address) => a.holds(address)));
    outcome.push(`${step}: ${ADDRESSES.filter((_, index) => held[index]).join(" ")}`);
  };
  await master.reload(WITH_MORE);
  await witness.nextAnnouncement(a, "10.0.0.101");
  await note("one more");
  await master.reload(MASTER);
  await note("one less");
  await master.reload({ ...MASTER, priority: 150 });
  await witness.nextAdvert(a, 150);
  await note("another priority");
  const takeovers = backup.program.lines.all.filter((line) => line.includes("Entering MASTER"));
  const farewells = witness.frames.filter(({ text }) => text.includes("prio 0,"));
  outcome.push(`${takeovers.length} takeovers, ${farewells.length} farewells`);
  return outcome;
}

test("addresses and the priority of a MASTER change as with keepalived", { skip }, async () => {
  const [ours, theirs] = await Promise.all([reloads(HaUp), reloads(Keepalived)]);
  assert.deepEqual(ours, theirs);
  assert.deepEqual(ours, [
    "one more: 10.0.0.100 10.0.0.101",
    "one less: 10.0.0.100",
    "another priority: 10.0.0.100",
    "0 takeovers, 0 farewells",
  ]);
});

const instance = (name: string, vrid: number, inside = ""): string => `vrrp_instance ${name} {
  interface eth0
  version 3
  virtual_router_id ${vrid}
  advert_int 0.1
  virtual_ipaddress { 10.0.0.${vrid}/24 }
  ${inside}
}
`;

const confOf = (told: Notified, more: string, ...instances: readonly string[]): string =>
  `global_defs {
  script_user root
  enable_script_security
  notify_fifo ${told.path("fifo")}
  ${more}
}
${instances.join("")}`;

type Start = (host: Host, conf: string) => HaUp | Keepalived;

/** @returns what is told by instances that go, come, are renamed, restarted or called otherwise */
async function told(start: Start) {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  using told = new Notified();
  told.makeFifo("fifo");
  a.spawn("sh", "-c", `exec cat <>${told.path("fifo")} >${told.path("fifo.txt")}`);
  const any = (word: string): string => `notify "${told.path("log")} ${word}"`;
  const router = start(
    a,
    confOf(
      told,
      "",
      instance("gone", 51, any("gone")),
      instance("deleted", 52, `notify_deleted\n${any("deleted")}`),
      instance("hooked", 53, `notify_deleted "${told.path("log")} end"\n${any("hooked")}`),
      instance("before", 54, any("before")),
      instance("other", 55, any("first")),
      instance("moved", 56, any("moved")),
    ),
  );
  let count = 0;
  const more = async (lines: number): Promise<void> => {
    count += lines;
    await told.reaches("fifo.txt", count);
  };
  await more(2 * 6); // BACKUP and MASTER
  await told.settles("log.txt");
  await router.reload(
    confOf(
      told,
      "",
      instance("after", 54, any("after")),
      instance("other", 55, any("second")),
      instance("moved", 57, any("moved")),
      instance("new", 58, any("new")),
    ),
  );
  await more(4 + 2 * 2); // four are gone; BACKUP and MASTER of two
  const before = await told.settles("log.txt");
  await router.stop();
  await more(4); // STOP
  await told.reaches("log.txt", before + 4);
  return { programs: sorted(told.lines("log.txt")), fifo: sorted(told.lines("fifo.txt")) };
}

/** @returns what is written again by a reload that changes nothing */
async function retold(start: Start): Promise<string[]> {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  using told = new Notified();
  told.makeFifo("fifo");
  a.spawn("sh", "-c", `exec cat <>${told.path("fifo")} >${told.path("fifo.txt")}`);
  const slow = instance("slow", 53).replace("advert_int 0.1", "advert_int 10");
  const group = "vrrp_sync_group both { group { one\ntwo } }\n";
  const own = [instance("one", 51), instance("two", 52), slow, group];
  const conf = confOf(told, "fifo_write_vrrp_states_on_reload", ...own);
  const router = start(a, conf);
  const first = await told.reaches("fifo.txt", 3 + 3 + 1);
  await router.reload(conf);
  await told.settles("fifo.txt");
  const lines = told.lines("fifo.txt").slice(first.length);
  await router.stop();
  return sorted(lines);
}

const KEEPALIVED: Start = (host, text) => new Keepalived(host, text);
const HA_UP: Start = (host, text) => new HaUp(host, text);

test("programs and FIFOs hear of a reload what they hear from keepalived", { skip }, async () => {
  const [theirs, ours] = await Promise.all([told(KEEPALIVED), told(HA_UP)]);
  assert.deepEqual(ours, theirs);
});

test("all states again, also those of a MASTER, which keepalived leaves out", {
  skip,
}, async () => {
  const [theirs, ours] = await Promise.all([retold(KEEPALIVED), retold(HA_UP)]);
  const masters = ['INSTANCE "one" MASTER 100', 'INSTANCE "two" MASTER 100'];
  assert.deepEqual(ours, sorted([...theirs, ...masters]));
  assert.ok(theirs.includes('INSTANCE "slow" BACKUP 100'));
});
