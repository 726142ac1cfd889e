/** A reload shows on the wire and on the host as one of keepalived does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Keepalived } from "../support/keepalived.ts";
import { Lan, labMissing } from "../support/netns.ts";
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
