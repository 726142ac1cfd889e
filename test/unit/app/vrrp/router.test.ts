/** What a virtual router does on its interface, with the interface, its kernel and its peers played. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { advertOfPeer, vip, vrrpConfig } from "../../../support/vrrp.ts";

const MAC = "02:00:00:00:00:01";
const garp = (address: string, mac = MAC): string =>
  `${mac} > ff:ff:ff:ff:ff:ff: ARP, Announcement ${address} is-at ${mac}`;
const OWN = ["10.0.0.1/24", "fe80::1/64"];
const VIP = "10.0.0.100/24";
const TAKEOVER_MS = 3610; // three adverts of 1 s, and the skew of priority 100

async function master(changes: ConstructorParameters<typeof FakeRun>[0] = {}): Promise<FakeRun> {
  const run = new FakeRun(changes);
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  run.takeSent();
  run.events.length = 0;
  return run;
}

test("a takeover is one turn: the address, the advert, the announcements, then the word of it", async () => {
  const order: string[] = [];
  const ports = new FakePorts();
  const watch = ports.kernel.watchNetlink([], ({ kind }) => order.push(kind));
  const push = ports.sent.push.bind(ports.sent);
  ports.sent.push = (...sent) => {
    order.push(
      ...sent.map(({ kind }) => `${kind} with ${ports.kernel.addresses.length} addresses`),
    );
    return push(...sent);
  };
  const run = new FakeRun({}, { ports });
  await run.pass(TAKEOVER_MS);
  watch.close();
  const sent = ["datagram", "frame", "frame", "frame", "frame", "frame"];
  assert.deepEqual(order, [...sent.map((kind) => `${kind} with 3 addresses`), "message"]);
  assert.equal(new Set(ports.sent.map(({ atMs }) => atMs)).size, 1);
  const announcements = Array<string>(5).fill(garp("10.0.0.100"));
  assert.deepEqual(run.takeSent(), ["advert 100 from 10.0.0.1", ...announcements]);
  assert.deepEqual(run.told, ["init>backup started", "backup>master advert-timeout"]);
});

test("every virtual address is added, advertised and announced", async () => {
  const vips = [vip(VIP), vip("10.0.0.101/32")];
  const run = new FakeRun({ vips, config: vrrpConfig({ garpRepeat: 1 }) });
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.addresses, [...OWN, VIP, "10.0.0.101/32"]);
  assert.deepEqual(run.takeSent().slice(1), [garp("10.0.0.100"), garp("10.0.0.101")]);
});

test("over IPv6 it sends from its link-local address and announces by neighbour advertisement", async () => {
  const run = new FakeRun({
    family: 6,
    vips: [vip("fd00::100/64")],
    config: vrrpConfig({ garpRepeat: 1 }),
  });
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.takeSent(), [
    "advert 100 from fe80::1",
    `${MAC} > 33:33:00:00:00:01: fd00::100 > ff02::1 hop limit 255: ICMP6, neighbor advertisement, tgt is fd00::100, Flags [override], link-address ${MAC}`,
  ]);
});

test("without a carrier the address goes at once; with it the router listens before it takes over", async () => {
  const run = await master();
  run.ports.kernel.setLink({ running: false });
  await run.pass();
  assert.deepEqual(run.addresses, OWN);
  assert.deepEqual(run.takeSent(), ["advert 0 from 10.0.0.1"]);
  run.ports.kernel.setLink({ running: true });
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  assert.deepEqual(run.told, [
    "master>fault fault",
    "fault>backup fault-cleared",
    "backup>master advert-timeout",
  ]);
});

test("that a farewell cannot leave a dead link is not told, that an address stays is", async () => {
  const run = await master();
  run.ports.refuseSend = "ENETDOWN";
  run.ports.kernel.refusals.set(21, "EBUSY"); // RTM_DELADDR
  run.ports.kernel.setLink({ running: false });
  await run.pass();
  assert.deepEqual(run.told, [
    "trouble: address delete 10.0.0.100/24 on eth0: the kernel refuses (EBUSY)",
    "master>fault fault",
  ]);
  run.ports.kernel.refusals.clear();
  run.stop.abort();
  await run.ended;
  assert.deepEqual(run.addresses, OWN, "tried again at the end");
});

test("an interface that is deleted and made anew is followed, with new sockets", async () => {
  const run = await master();
  run.ports.kernel.removeLink();
  await run.pass();
  assert.deepEqual(run.told, ["master>fault fault"]);
  run.takeSent();
  run.ports.kernel.setLink({ ifIndex: 7, mac: "02:00:00:00:00:07" });
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.told, ["master>fault fault"], "it has no source address yet");
  run.ports.kernel.addAddress("10.0.0.7/24", { ifIndex: 7 });
  await run.pass(TAKEOVER_MS);
  const frame = garp("10.0.0.100", "02:00:00:00:00:07");
  assert.deepEqual(run.takeSent().slice(0, 2), ["advert 100 from 10.0.0.7", frame]);
  assert.deepEqual(run.addresses, ["10.0.0.7/24", VIP]);
});

test("a master whose MAC address changes says so to the segment at once", async () => {
  const run = await master();
  run.ports.kernel.setLink({ mac: "02:00:00:00:00:99" });
  await run.pass();
  assert.deepEqual(run.takeSent(), [garp("10.0.0.100", "02:00:00:00:00:99")]);
  assert.deepEqual(run.told, []);
});

test("when its source address goes, another one of the interface takes over in the next advert", async () => {
  const run = await master();
  run.ports.kernel.addAddress("10.0.0.5/24");
  run.ports.kernel.removeAddress("10.0.0.1/24");
  await run.pass(1000);
  assert.ok(run.takeSent().includes("advert 100 from 10.0.0.5"));
  assert.deepEqual(run.told, []);
});

test("an address that somebody removes is put back and announced", async () => {
  const run = await master();
  run.ports.kernel.removeAddress(VIP);
  await run.pass();
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  assert.deepEqual(run.takeSent(), [garp("10.0.0.100")]);
  assert.deepEqual(run.told, ["notice: 10.0.0.100 was taken away: put back"]);
});

test("so is one whose removal the kernel could not tell, for all is read anew then", async () => {
  const run = await master();
  run.ports.kernel.addresses.pop();
  run.ports.kernel.loseNotifications();
  await run.pass();
  assert.deepEqual(run.addresses, [...OWN, VIP]);
});

test("an address whose lease ran out while the router did not run was taken by nobody", async () => {
  const run = await master({ config: vrrpConfig({ leaseS: 2 }) });
  run.ports.clock.freeze(2400);
  run.ports.kernel.removeAddress(VIP);
  await run.pass();
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  assert.match(run.told[0] ?? "", /^notice: .* expired, .* did not run for 2\.4\d*s: put back$/);
});

test("a master that overslept finds its addresses gone and leaves them to whoever has them", async () => {
  const run = await master({ config: vrrpConfig({ leaseS: 2 }) });
  run.ports.clock.freeze(8000);
  run.ports.kernel.removeAddress(VIP);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  await run.pass(2000);
  assert.deepEqual(run.addresses, OWN);
  assert.deepEqual(run.takeSent(), []);
  assert.equal(run.told.at(-1), "master>backup overslept");
});

test("at the start it is said what a lease of whole seconds cannot promise", async () => {
  const run = new FakeRun({ config: vrrpConfig({ leaseS: 1, adverIntervalMs: 100 }) });
  await run.pass();
  assert.match(run.told[0] ?? "", /^notice: the kernel ends a lease of 1s within 1\.377s/);
});

test("an owner is master at once and leaves the host's own address where it is", async () => {
  const vips = [vip("10.0.0.1/24")];
  const run = new FakeRun({ vips, config: vrrpConfig({ priority: 255 }) });
  await run.pass();
  assert.match(run.told[0] ?? "", /^notice: adverts leave from 10\.0\.0\.1, and a peer/);
  assert.deepEqual(run.told.slice(1), ["init>master owner"]);
  assert.equal(run.takeSent()[0], "advert 255 from 10.0.0.1");
  run.stop.abort();
  await run.pass(3000);
  await run.ended;
  assert.deepEqual(run.addresses, OWN);
});

test("a polite stop resigns, answers for the address until the next master speaks, then ends", async () => {
  const run = await master();
  run.stop.abort();
  await run.pass(300);
  assert.deepEqual(run.takeSent(), ["advert 0 from 10.0.0.1"]);
  assert.deepEqual(run.addresses, [...OWN, VIP]);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 90));
  assert.deepEqual(run.addresses, OWN);
  await run.ended;
  assert.deepEqual(run.told, ["master>init released"]);
  assert.equal(run.ports.open, 0);
});

test("after an urgent stop nothing is held or open any more when it returns", async () => {
  const run = await master();
  run.urgent.abort();
  assert.deepEqual(run.addresses, OWN);
  assert.equal(run.ports.open, 0);
  await run.pass(5000);
  assert.deepEqual([run.takeSent(), run.told], [[], ["master>init stopped"]]);
});

test("an urgent stop cuts a polite one short", async () => {
  const run = await master();
  run.stop.abort();
  run.urgent.abort();
  assert.deepEqual(run.addresses, OWN);
  assert.equal(run.ports.open, 0);
});

test("a send that the kernel refuses is told once, and then as a number", async () => {
  const run = await master();
  run.ports.refuseSend = "ENOBUFS";
  await run.pass(5900);
  assert.deepEqual(
    run.told.map((line) => line.replace(/^trouble: (\w+) .*/, "$1")),
    ["sendto", "sendmmsg"],
    "adverts and announcements fail each in their own way",
  );
  await run.pass(9000);
  assert.match(run.told[2] ?? "", /^trouble: sendto eth0: .*ENOBUFS\) \(\d+ times\)$/);
  run.ports.refuseSend = undefined;
  await run.pass(1000);
  assert.ok(run.takeSent().includes("advert 100 from 10.0.0.1"));
});

test("when sockets cannot be opened anew the router is in FAULT and tries each second", async () => {
  const run = await master();
  run.ports.refuseOpen = "EMFILE";
  run.ports.kernel.setLink({ mac: "02:00:00:00:00:99" });
  await run.pass();
  assert.deepEqual(run.addresses, OWN);
  const event = run.events.at(-1);
  assert.ok(event?.type === "transition");
  assert.deepEqual(event.cause, { kind: "fault", faults: ["no-socket"] });
  assert.match(run.told[0] ?? "", /^trouble: socket eth0: .*EMFILE/);
  await run.pass(2500);
  run.ports.refuseOpen = undefined;
  await run.pass(1000);
  assert.deepEqual(run.told.slice(2), ["fault>backup fault-cleared"]);
});

test("a state that cannot be read is read again a second later", async () => {
  const run = await master();
  run.ports.kernel.refusals.set(18, "EAGAIN"); // RTM_GETLINK
  run.ports.kernel.setLink({ running: false });
  await run.pass(900);
  assert.match(run.told[0] ?? "", /^trouble: link get eth0: .*EAGAIN/);
  run.ports.kernel.refusals.clear();
  await run.pass(100);
  assert.deepEqual(run.told.slice(1), ["master>fault fault"]);
});

test("rejected adverts are told by reason and sender, the first at once, the rest as a number", async () => {
  const run = new FakeRun();
  await run.pass();
  for (let n = 0; n < 5; n++) run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200), 254);
  run.ports.receive("10.0.0.3", advertOfPeer("10.0.0.3", 200, ["10.0.0.77"]));
  assert.deepEqual(run.told.slice(1), [
    "rejected ttl-not-255 10.0.0.2 1",
    "rejected address-list-differs 10.0.0.3 1",
  ]);
  await run.pass(10_000);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200), 254);
  assert.equal(run.told.at(-1), "rejected ttl-not-255 10.0.0.2 5");
});
