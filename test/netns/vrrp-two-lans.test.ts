/** A virtual router with addresses on two LANs: both move together, whatever becomes of the second one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");
const SECOND = "10.1.0.100";
const router = { ...FAST_ROUTERS.IPv4, excludedVips: [`${SECOND}/24 dev eth1 label eth1:vip`] };

async function twoLans() {
  const lan = await Lan.open("a", "b", "client", "inside");
  await lan.plugSecond(lan.hosts.a, lan.hosts.b, lan.hosts.inside);
  return lan;
}

for (const [mishap, happens, heals] of [
  [
    "goes down",
    (a: Host) => a.run("ip", "link", "set", "eth1", "down"),
    (a: Host) => a.run("ip", "link", "set", "eth1", "up"),
  ],
  [
    "is deleted and made anew",
    (a: Host) => a.run("ip", "link", "delete", "eth1"),
    (a: Host, lan: Lan<string>) => lan.plugSecond(a),
  ],
] as const) {
  test(`clients of both LANs see the addresses move when one interface ${mishap}`, {
    skip,
  }, async () => {
    await using lan = await twoLans();
    const { a, b, client, inside } = lan.hosts;
    const witness = await Witness.open(inside, "arp", "eth1");
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    await witness.next(new RegExp(`02:00:00:00:01:01 > .*${SECOND}`));
    const outer = await Probe.open(client, addressOf(router));
    const inner = await Probe.open(inside, SECOND);
    const backup = startRouter("vipkit", b, { ...router, priority: 100 });
    await backup.becomes("BACKUP");

    await happens(a);
    assert.match(await master.becomes("FAULT"), /faults=vip-interface-down/);
    await backup.becomes("MASTER");
    await Promise.all([outer.answer(), inner.answer()]);
    assert.deepEqual([await a.holds(SECOND), await a.holds(addressOf(router))], [false, false]);
    assert.match(await b.run("ip", "address", "show", "eth1"), /10\.1\.0\.100\/24 .* eth1:vip/);

    await heals(a, lan);
    await master.becomes("MASTER");
    await backup.becomes("BACKUP");
    await Promise.all([outer.answer(), inner.answer()]);
    assert.equal(await b.holds(SECOND), false);
    await master.stop();
    assert.equal(await a.holds(SECOND), false);
  });
}

test("an address that is not tracked is put back when its interface is made anew", {
  skip,
}, async () => {
  await using lan = await twoLans();
  const { a, inside } = lan.hosts;
  const loose = [`${SECOND}/24 dev eth1 no_track`];
  const master = startRouter("vipkit", a, { ...router, excludedVips: loose, priority: 200 });
  await master.becomes("MASTER");
  const inner = await Probe.open(inside, SECOND);
  await a.run("ip", "link", "delete", "eth1");
  await master.program.lines.next(/eth1 is gone: nobody there reaches 10\.1\.0\.100\/24/);
  await lan.plugSecond(a);
  await master.program.lines.next(/eth1 is up again/);
  await inner.answer();
  await master.stop();
  assert.doesNotMatch(master.program.lines.all.join("\n"), /FAULT/);
});

test("an IPv6 address that is not tracked is back with its interface, and nobody is suspected", {
  skip,
}, async () => {
  await using lan = await twoLans();
  const { a } = lan.hosts;
  const loose = ["fd01::100/64 dev eth1 no_track"];
  const master = startRouter("vipkit", a, { ...router, excludedVips: loose, priority: 200 });
  await master.becomes("MASTER");
  const monitor = a.spawn("ip", "-o", "monitor", "address", "dev", "eth1");
  await monitor.lines.next(/fd01::100/); // its lease is renewed
  await a.run("ip", "link", "set", "eth1", "down");
  await monitor.lines.next(/^Deleted .*fd01::100/);
  await a.run("ip", "link", "set", "eth1", "up");
  await master.program.lines.next(/eth1 is up again/);
  await monitor.lines.next(/^\d+: .*fd01::100/);
  await master.stop();
  assert.doesNotMatch(master.program.lines.all.join("\n"), /FAULT|taken away/);
});

test("the lease of an address on another interface ends with a killed master", {
  skip,
}, async () => {
  await using lan = await twoLans();
  const { a, inside } = lan.hosts;
  const master = startRouter("vipkit", a, { ...router, priority: 200 });
  await master.becomes("MASTER");
  await Probe.open(inside, SECOND);
  const monitor = a.spawn("ip", "-o", "monitor", "address", "dev", "eth1");
  await monitor.lines.next(new RegExp(SECOND)); // renewed
  await master.kill();
  await monitor.lines.next(new RegExp(`^Deleted .*${SECOND}`));
});
