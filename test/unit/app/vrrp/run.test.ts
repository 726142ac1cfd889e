/** The life of a run: what keeps it from starting, what it finds, and that nothing stays behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { ip } from "../../../support/packets.ts";
import { advertOfPeer, peersOf, vip, vrrpConfig } from "../../../support/vrrp.ts";

/** The run is refused for this reason, before anything was sent, with nothing left open. */
async function refuses(
  reason: RegExp,
  changes: Partial<VrrpInstance>,
  prepare: (ports: FakePorts) => void = () => {},
): Promise<void> {
  const ports = new FakePorts();
  prepare(ports);
  const before = ports.kernel.addresses.length;
  const opened = ports.open;
  const run = new FakeRun(changes, { ports });
  await assert.rejects(run.ended, reason);
  assert.deepEqual([ports.sent, ports.kernel.addresses.length, ports.open], [[], before, opened]);
}

const VIP6 = { family: 6, vips: [vip("fd00::100/64")] } as const;

test("an interface that cannot carry a virtual router is refused with the reason", async () => {
  await refuses(/no such interface \(did you mean eth0\?\)/, { ifName: "eht0" });
  await refuses(/eth0: cannot send to multicast groups/, {}, ({ kernel }) =>
    kernel.setLink({ multicast: false }),
  );
  await refuses(/eth0: is no Ethernet interface/, {}, ({ kernel }) =>
    kernel.setLink({ hardwareType: 65_534, mac: "" }),
  );
  await refuses(/eth0: has no IPv4 address to send from/, {}, ({ kernel }) =>
    kernel.removeAddress("10.0.0.1/24"),
  );
  await refuses(/eth0: has no IPv6 address to send from/, VIP6, ({ kernel }) =>
    kernel.removeAddress("fe80::1/64"),
  );
  await refuses(/eth0: does not have the source address 10\.0\.0\.9/, { source: ip("10.0.0.9") });
  await refuses(/has no IPv4 address but 10\.0\.0\.1\/24; who owns .* priority 255/, {
    vips: [vip("10.0.0.1/24")],
  });
});

test("to peers no multicast is needed, but this host is none of them", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ multicast: false });
  const run = new FakeRun({ reach: peersOf("10.0.0.2") }, { ports });
  await run.pass();
  assert.deepEqual(run.told, ["init>backup started"]);
  await refuses(/eth0: peer 10\.0\.0\.1 is this host/, { reach: peersOf("10.0.0.2", "10.0.0.1") });
});

test("more addresses than fit in one advert for the MTU are refused", async () => {
  const vips = Array.from({ length: 20 }, (_, n) => vip(`10.0.0.${100 + n}/32`));
  await refuses(/20 virtual addresses do not fit in one advert: at most 18/, { vips }, (ports) =>
    ports.kernel.setLink({ mtuBytes: 100 }),
  );
});

test("a second run of the same virtual router on the same interface is refused", async () => {
  const first = new FakeRun();
  await first.pass();
  const second = new FakeRun({}, { ports: first.ports });
  await assert.rejects(second.ended, { code: "already-running" });
  const changes = { vips: [vip("10.0.0.99/24")], config: vrrpConfig({ vrid: 52 }) };
  const other = new FakeRun(changes, { ports: first.ports });
  await other.pass();
  assert.deepEqual(other.told, ["init>backup started"]);
});

test("an address of another virtual router that runs here is left to that one", async () => {
  const first = new FakeRun();
  await first.pass(4000);
  const changes = { vips: [vip("10.0.0.99/24")], excludedVips: [vip("10.0.0.100/24")] };
  const config = vrrpConfig({ vrid: 52 });
  const second = new FakeRun({ ...changes, config }, { ports: first.ports });
  await assert.rejects(second.ended, /another virtual router that runs here has this address/);
  assert.ok(first.addresses.includes("10.0.0.100/24"));
  assert.deepEqual(first.ports.claims, new Set(["vip/eth0/10.0.0.100", "vrrp/eth0/51/IPv4"]));
});

test("without permission for sockets or for addresses it ends at once, and nothing stays", async () => {
  const noSocket = (ports: FakePorts) => {
    ports.refuseOpen = "EPERM";
  };
  await refuses(/^SystemError: socket eth0: .*EPERM/, {}, noSocket);
  await refuses(/^SystemError: address delete .*EPERM/, {}, ({ kernel }) =>
    kernel.refusals.set(21, "EPERM"),
  );
});

test("a VRID whose adverts carry other addresses is refused after one listening interval at most", async () => {
  const run = new FakeRun({}, { force: false });
  await run.pass(900);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 50, ["10.0.0.77"]));
  await assert.rejects(
    run.ended,
    /VRID 51 on eth0 is in use: 10\.0\.0\.2 advertises 10\.0\.0\.77, not 10\.0\.0\.100; .*--force/,
  );
  assert.deepEqual([run.told, run.ports.sent, run.ports.open], [[], [], 0]);
});

test("with --force it starts beside them", async () => {
  const run = new FakeRun({}, { force: true });
  await run.pass();
  assert.deepEqual(run.told, ["init>backup started"]);
});

test("a member of the same group, or silence, lets it start when the interval is over", async () => {
  const run = new FakeRun({}, { force: false });
  await run.pass(500);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  await run.pass(499);
  assert.deepEqual(run.told, []);
  await run.pass(1);
  assert.deepEqual(run.told, ["init>backup started"]);
});

test("asked to end while it still listens, it ends without a word", async () => {
  const run = new FakeRun({}, { force: false });
  await run.pass(500);
  run.stop.abort();
  await run.ended;
  assert.deepEqual([run.told, run.ports.sent, run.ports.open], [[], [], 0]);
});

test("without a carrier it starts in FAULT, hears nobody out and waits for the carrier", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ running: false });
  const run = new FakeRun({}, { ports, force: false });
  await run.pass();
  assert.deepEqual(run.told, ["init>fault fault"]);
  run.stop.abort();
  await run.ended;
  assert.deepEqual(run.told.slice(1), ["fault>init stopped"]);
});

test("an address that a run left is told before the first transition, and is gone", async () => {
  const ports = new FakePorts();
  ports.kernel.addAddress("10.0.0.100/24", { protocol: 112 });
  const run = new FakeRun({}, { ports });
  await run.pass();
  assert.match(run.told[0] ?? "", /^notice: 10\.0\.0\.100\/24 was there already, left by a run/);
  assert.deepEqual(run.addresses, ["10.0.0.1/24", "fe80::1/64"]);
});
