/** Virtual addresses on two interfaces, the router's own and another one, and in no advert. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCidr } from "../../../../src/core/addr.ts";
import { SCOPES } from "../../../../src/core/netlink/rtnl.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { vip, vrrpConfig } from "../../../support/vrrp.ts";

const OTHER_MAC = "02:00:00:00:01:01";
const LOOPBACK = { name: "lo", ifIndex: 1, mac: "", hardwareType: 772, multicast: false };
const there = (text: string, changes = {}) => vip(text, { ifName: "eth1", ...changes });
const garp = (address: string, mac = OTHER_MAC): string =>
  `${mac} > ff:ff:ff:ff:ff:ff: ARP, Announcement ${address} is-at ${mac}`;
const plugOther = (ports: FakePorts, ifIndex = 3): void =>
  void ports.kernel.setLink({ name: "eth1", ifIndex, mac: OTHER_MAC });

function twoInterfaces(): FakePorts {
  const ports = new FakePorts();
  plugOther(ports);
  return ports;
}

async function start(
  changes: ConstructorParameters<typeof FakeRun>[0],
  ports = twoInterfaces(),
): Promise<FakeRun> {
  const run = new FakeRun({ config: vrrpConfig({ garpRepeat: 1 }), ...changes }, { ports });
  await run.pass(3610);
  return run;
}

/** `10.1.0.100/24 on 3`, our own addresses left out. */
const held = ({ ports }: FakeRun): string[] =>
  ports.kernel.addresses.slice(2).map((it) => `${formatCidr(it)} on ${it.ifIndex}`);

test("each address is held and announced where it belongs, and goes at the end", async () => {
  const vips = [vip("10.0.0.100/24"), there("10.1.0.100/24", { label: "x", scope: SCOPES.link })];
  const run = await start({ vips, excludedVips: [there("10.2.0.100/24"), there("fd00::100/64")] });
  assert.deepEqual(held(run), [
    "10.0.0.100/24 on 2",
    "10.1.0.100/24 on 3",
    "10.2.0.100/24 on 3",
    "fd00::100/64 on 3",
  ]);
  const { label, scope } = run.ports.kernel.addresses.at(3) ?? assert.fail();
  assert.deepEqual([label, scope], ["x", SCOPES.link]);
  const [advert, ...announcements] = run.takeSent();
  assert.equal(advert, "advert 100 from 10.0.0.1");
  assert.deepEqual(announcements.slice(0, 3), [
    garp("10.0.0.100", "02:00:00:00:00:01"),
    garp("10.1.0.100"),
    garp("10.2.0.100"),
  ]);
  assert.match(announcements[3] ?? "", /02:00:00:00:01:01 > 33:33.* tgt is fd00::100/);
  run.stop.abort();
  await run.pass(5000);
  await run.ended;
  assert.deepEqual(held(run), []);
});

test("what another run left on any interface is told and removed", async () => {
  const ports = twoInterfaces();
  ports.kernel.addAddress("10.1.0.100/24", { ifIndex: 3, protocol: 112 });
  const run = new FakeRun({ excludedVips: [there("10.1.0.100/24")] }, { ports });
  await run.pass();
  assert.match(run.told[0] ?? "", /10\.1\.0\.100\/24 was there already, left by a run that died/);
  assert.deepEqual(held(run), []);
});

test("an address that somebody removes from the other interface is put back there", async () => {
  const run = await start({ excludedVips: [there("10.1.0.100/24")] });
  run.takeSent();
  run.ports.kernel.removeAddress("10.1.0.100/24");
  await run.pass();
  assert.deepEqual(held(run), ["10.0.0.100/24 on 2", "10.1.0.100/24 on 3"]);
  assert.ok(run.takeSent().includes(garp("10.1.0.100")));
  assert.equal(run.told.at(-1), "notice: 10.1.0.100 was taken away: put back");
});

for (const [mishap, happens, heals, word] of [
  [
    "goes down",
    (ports: FakePorts) => ports.kernel.setLink({ ifIndex: 3, running: false }),
    (ports: FakePorts) => ports.kernel.setLink({ ifIndex: 3, running: true }),
    "down",
  ],
  [
    "is deleted",
    (ports: FakePorts) => ports.kernel.removeLink(3),
    (ports: FakePorts) => plugOther(ports, 9),
    "gone",
  ],
] as const) {
  test(`the router is in FAULT while an interface of its addresses ${mishap}`, async () => {
    const run = await start({ vips: [vip("10.0.0.100/24"), there("10.1.0.100/24")] });
    run.events.length = 0;
    run.takeSent();
    happens(run.ports);
    await run.pass();
    assert.deepEqual(held(run), []);
    assert.deepEqual(run.takeSent(), ["advert 0 from 10.0.0.1"]);
    heals(run.ports);
    await run.pass(3610);
    assert.deepEqual(run.told, [
      `notice: eth1 is ${word}: nobody there reaches 10.1.0.100/24`,
      "master>fault fault",
      "notice: eth1 is up again, the interface of 10.1.0.100/24",
      "fault>backup fault-cleared",
      "backup>master advert-timeout",
    ]);
    assert.equal(held(run).length, 2);
    assert.ok(run.takeSent().includes(garp("10.1.0.100")));
  });

  test(`with no_track it serves on while that interface ${mishap}, and puts its address back`, async () => {
    const run = await start({ excludedVips: [there("10.1.0.100/24", { tracked: false })] });
    run.events.length = 0;
    happens(run.ports);
    await run.pass();
    run.takeSent();
    heals(run.ports);
    await run.pass();
    assert.deepEqual(run.told, [
      `notice: eth1 is ${word}: nobody there reaches 10.1.0.100/24`,
      "notice: eth1 is up again, the interface of 10.1.0.100/24",
    ]);
    assert.equal(held(run).length, 2);
    assert.deepEqual(run.takeSent()[1], garp("10.1.0.100"));
  });
}

test("an address that the kernel takes from an interface set down is nobody's theft", async () => {
  const run = await start({ excludedVips: [there("fd00::100/64", { tracked: false })] });
  run.events.length = 0;
  run.ports.kernel.setLink({ ifIndex: 3, up: false, running: false });
  run.ports.kernel.removeAddress("fd00::100/64");
  await run.pass();
  assert.deepEqual(held(run), ["10.0.0.100/24 on 2"]);
  run.takeSent();
  run.ports.kernel.setLink({ ifIndex: 3, up: true, running: true });
  await run.pass();
  assert.deepEqual(held(run), ["10.0.0.100/24 on 2", "fd00::100/64 on 3"]);
  assert.match(run.takeSent().join("\n"), /tgt is fd00::100/);
  assert.deepEqual(run.told, [
    "notice: eth1 is down: nobody there reaches fd00::100/64",
    "notice: eth1 is up again, the interface of fd00::100/64",
  ]);
});

test("an interface that is not there at the start is refused, unless it is not tracked", async () => {
  const run = new FakeRun({ excludedVips: [there("10.1.0.100/24")] });
  await assert.rejects(run.ended, { code: "ENODEV" });
  const loose = { excludedVips: [there("10.1.0.100/24", { tracked: false })] };
  const served = await start(loose, new FakePorts());
  assert.deepEqual(served.told, [
    "notice: eth1 is gone: nobody there reaches 10.1.0.100/24",
    "init>backup started",
    "backup>master advert-timeout",
  ]);
  assert.deepEqual(held(served), ["10.0.0.100/24 on 2"]);
});

test("on a loopback interface there is nobody to tell", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink(LOOPBACK);
  const run = await start({ excludedVips: [vip("10.9.0.1/32", { ifName: "lo" })] }, ports);
  assert.deepEqual(held(run), ["10.0.0.100/24 on 2", "10.9.0.1/32 on 1"]);
  const told = run.takeSent().slice(1);
  assert.deepEqual(told, [garp("10.0.0.100", "02:00:00:00:00:01")]);
});

test("100 addresses go in one advert", async () => {
  const vips = Array.from({ length: 100 }, (_, n) => vip(`10.0.0.${100 + n}/32`));
  const run = await start({ vips });
  assert.equal(held(run).length, 100);
  const [advert] = run.ports.sent;
  assert.equal(advert?.bytes.length, 8 + 100 * 4);
});
