import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnnouncementRequest, sendAnnouncements } from "../../../src/app/garp-send.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { ip, mac } from "../../support/packets.ts";
import { sentText } from "../../support/wire-text.ts";

const STYLE = { arpForm: "request", to: null, rarp: false, mac: undefined } as const;

function send(changes: Partial<AnnouncementRequest> = {}, ports = new FakePorts()) {
  const stop = new AbortController();
  const request = { ifName: "eth0", ips: [ip("192.0.2.10")], count: 3, intervalMs: 200 };
  const report = sendAnnouncements({ ...request, style: STYLE, ...changes }, ports, stop.signal);
  report.catch(() => {});
  return { ports, stop, report };
}

test("rounds follow each other at the interval, the first at once, none after the last", async () => {
  const { ports, report } = send({ ips: [ip("192.0.2.10"), ip("2001:db8::10")] });
  const startMs = ports.clock.nowMs();
  await ports.clock.pass(400);
  assert.deepEqual(await report, {
    ips: [ip("192.0.2.10"), ip("2001:db8::10")],
    mac: mac("02:00:00:00:00:01"),
    rounds: 3,
    frames: 6,
  });
  const times = ports.sent.map(({ atMs }) => atMs - startMs);
  assert.deepEqual(times, [0, 0, 200, 200, 400, 400]);
  assert.equal(ports.open, 0);
});

test("RARP is one frame a round, however many addresses there are", async () => {
  const ips = [ip("192.0.2.10"), ip("192.0.2.11")];
  const { ports, report } = send({ ips, count: 1, style: { ...STYLE, rarp: true } });
  assert.equal((await report).frames, 3);
  assert.match(ports.sent.map(sentText)[2] ?? "", /RARP, Request who-is 02:00:00:00:00:01/);
});

test("another MAC address is announced and is the sender of the frame", async () => {
  const style = { ...STYLE, mac: mac("02:00:00:00:00:aa") };
  const { ports, report } = send({ count: 1, style });
  assert.deepEqual((await report).mac, style.mac);
  assert.match(ports.sent.map(sentText).join(), /^02:00:00:00:00:aa > .* is-at 02:00:00:00:00:aa$/);
});

test("a host that forwards IPv6 says so in the router flag", async () => {
  const ports = new FakePorts();
  ports.sysctls.set("net/ipv6/conf/eth0/forwarding", "1");
  const { report } = send({ count: 1, ips: [ip("2001:db8::10")] }, ports);
  await report;
  assert.match(ports.sent.map(sentText).join(), /Flags \[router, override\]/);
});

test("an interruption ends the pause at once and the report counts what was sent", async () => {
  const { ports, stop, report } = send();
  await ports.clock.pass(250);
  stop.abort();
  const { rounds, frames } = await report;
  assert.deepEqual([rounds, frames, ports.open], [2, 2, 0]);
});

test("a link that cannot carry frames is refused before the first one", async () => {
  const down = new FakePorts();
  down.kernel.setLink({ up: false, running: false });
  await assert.rejects(send({}, down).report, { code: "ENETDOWN" });
  const unplugged = new FakePorts();
  unplugged.kernel.setLink({ running: false });
  await assert.rejects(send({}, unplugged).report, { code: "no-carrier" });
  const tunnel = new FakePorts();
  tunnel.kernel.setLink({ hardwareType: 65_534, mac: "" });
  await assert.rejects(send({}, tunnel).report, /eth0: is no Ethernet interface/);
  for (const ports of [down, unplugged, tunnel]) {
    assert.deepEqual([ports.sent, ports.open], [[], 0]);
  }
});

test("a link that goes down between two rounds ends it, with the number of those that were sent", async () => {
  const { ports, report } = send();
  await ports.clock.pass(300);
  ports.kernel.setLink({ running: false });
  await ports.clock.pass(200);
  await assert.rejects(report, /the link is down, after 2 of 3 rounds \(no-carrier\)/);
  assert.deepEqual([ports.sent.length, ports.open], [2, 0]);
});

test("a refused send is an error, with nothing left open", async () => {
  const ports = new FakePorts();
  ports.refuseSend = "ENOBUFS";
  await assert.rejects(send({}, ports).report, { code: "ENOBUFS" });
  assert.equal(ports.open, 0);
});
