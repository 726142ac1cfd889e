/** A router with a VMAC on fake ports: what is sent from where, and what is there when. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { vmacFor } from "../../../../src/app/vrrp/vmac.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { advertOfPeer, vip, vrrpConfig } from "../../../support/vrrp.ts";

const VMAC = vmacFor({ family: 4, vrid: 51, name: null, sendsAdverts: true });
const CHANGES = {
  vmac: VMAC,
  vips: [vip("10.0.0.100/24", { ifName: VMAC.ifName, tracked: false, metric: 0xffff_ffff })],
};
const THEIRS = {
  ifIndex: 7,
  name: "theirs",
  kind: "macvlan",
  mac: "00:00:5e:00:01:33",
  lowerIndex: 2,
};
const start = (changes = {}, ports = new FakePorts()) =>
  new FakeRun({ ...CHANGES, ...changes }, { ports });
const linkOf = ({ ports }: FakeRun) => ports.kernel.links.find(({ name }) => name === VMAC.ifName);
/** Interfaces that adverts have left from since the last look. */
const indicesOf = ({ ports }: FakeRun): number[] => [
  ...new Set(
    ports.sent.splice(0).flatMap(({ kind, ifIndex }) => (kind === "datagram" ? ifIndex : [])),
  ),
];

test("as MASTER everything leaves from the VMAC, which is up and has the address", async () => {
  const run = start();
  await run.pass();
  assert.equal(linkOf(run)?.up, false);
  await run.pass(4000);
  const link = linkOf(run);
  assert.deepEqual([run.told.at(-1), link?.up], ["backup>master advert-timeout", true]);
  assert.deepEqual(indicesOf(run), [link?.ifIndex]);
  assert.equal(run.addresses.at(-1), "10.0.0.100/24");

  run.ports.receive("10.0.0.9", advertOfPeer("10.0.0.9", 200));
  await run.pass();
  assert.match(run.told.at(-1) ?? "", /master>backup higher-priority/);
  assert.equal(linkOf(run)?.up, false);
  run.stop.abort();
  await run.ended;
  assert.deepEqual([linkOf(run), run.ports.open], [undefined, 0]);
});

test("an owner has all of it at once", async () => {
  const run = start({ config: vrrpConfig({ priority: 255 }) });
  await run.pass();
  assert.deepEqual(run.told, ["init>master owner"]);
  assert.deepEqual([linkOf(run)?.up, run.addresses.at(-1)], [true, "10.0.0.100/24"]);
  assert.equal(run.takeSent().length, 6); // an advert and five announcements
});

test("one that is deleted while MASTER comes back with the address, and the sockets with it", async () => {
  const run = start();
  await run.pass(4000);
  run.ports.kernel.removeLink(linkOf(run)?.ifIndex);
  await run.pass();
  assert.equal(linkOf(run)?.up, true);
  assert.equal(run.addresses.at(-1), "10.0.0.100/24");
  run.ports.sent.length = 0;
  await run.pass(1000);
  assert.deepEqual(indicesOf(run), [linkOf(run)?.ifIndex]);
  assert.ok(run.told.includes("notice: vrrp.51 was taken away: made anew"));
});

test("two routers cannot have one VMAC, nor the address below it", async () => {
  const ports = new FakePorts();
  const first = start({}, ports);
  await first.pass();
  const config = vrrpConfig({ vrid: 52 });
  await assert.rejects(start({ config }, ports).ended, /another process has a VMAC of this name/);
  const owner = new FakePorts();
  owner.kernel.addAddress("10.0.0.100/24");
  await assert.rejects(
    start({ config: vrrpConfig({ priority: 255 }) }, owner).ended,
    /eth0: has 10\.0\.0\.100 and would answer for it in the place of vrrp\.51/,
  );
});

test("where none can be made the run ends before it takes part", async () => {
  const ports = new FakePorts();
  ports.kernel.refusals.set(RTM.newLink, "EPERM");
  await assert.rejects(start({}, ports).ended, /link add vrrp\.51: .*EPERM/);
  assert.deepEqual([ports.sent, ports.open], [[], 0]);
});

test("a MASTER gives up while another program's macvlan has the virtual MAC address and is up", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  run.ports.kernel.setLink({ ...THEIRS, up: false });
  await run.pass();
  assert.match(run.told.at(-1) ?? "", /backup>master/);
  run.ports.kernel.setLink({ ...THEIRS, up: true });
  await run.pass();
  assert.match(run.told.at(-2) ?? "", /in use on this host: theirs has 00:00:5e:00:01:33/);
  assert.match(run.told.at(-1) ?? "", /master>fault/);
  run.ports.kernel.removeLink(THEIRS.ifIndex);
  await run.pass();
  assert.match(run.told.at(-1) ?? "", /fault>backup/);
  run.stop.abort();
  await run.ended;
  assert.equal(run.ports.open, 0);
});

test("one that comes while sockets are refused ends nothing: they are tried again", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  run.ports.refuseOpen = "EMFILE";
  run.ports.kernel.setLink({ mac: "02:00:00:00:00:99" }); // its sockets are to be opened anew
  await run.pass();
  run.ports.kernel.setLink(THEIRS);
  await run.pass();
  assert.match(run.told.at(-1) ?? "", /in use on this host/);
  run.ports.kernel.removeLink(THEIRS.ifIndex);
  run.ports.refuseOpen = undefined;
  await run.pass(1000);
  assert.match(run.told.at(-1) ?? "", /fault>backup/);
  run.stop.abort();
  await run.ended;
});
