/** Announcements that must not be closer than an interval wait, each router's until it gives its addresses up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PacedAnnouncements } from "../../../../../../src/app/ha/up/vrrp/paced-announcements.ts";
import { announcementFrames } from "../../../../../../src/proto/announcement.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { ip, mac } from "../../../../../support/packets.ts";
import { CALM, vrrpInstance } from "../../../../../support/vrrp.ts";

const frameOf = (address: string): Uint8Array => {
  const style = { mac: mac("02:00:00:00:00:01"), to: null, arpForm: "request", router: false };
  const [frame] = announcementFrames(ip(address), style as never);
  return frame ?? assert.fail();
};
const ARP = frameOf("10.0.0.100");
const OTHER = frameOf("10.0.0.101");
const NEIGHBOUR = frameOf("fd00::100");

function opened(pacing: Partial<ConstructorParameters<typeof PacedAnnouncements>[0]>) {
  const ports = new FakePorts();
  const paced = new PacedAnnouncements(
    { usual: { garpMs: 0, gnaMs: 0 }, groups: [], ...pacing },
    ports.clock,
  );
  const socketOf = (name: string, ifName: string) =>
    paced
      .portsFor(vrrpInstance({ name }), ports)
      .openPacketSocket({ ifName, ifIndex: ifName === "eth0" ? 2 : 3 });
  const sent = () => ports.sent.splice(0).length;
  return { ports, paced, socketOf, sent, pass: (ms: number) => ports.clock.pass(ms) };
}

test("the first leaves at once, the others one by one", async () => {
  const { socketOf, sent, pass } = opened({ usual: { garpMs: 100, gnaMs: 0 } });
  const socket = socketOf("v", "eth0");
  for (const frame of [ARP, OTHER, ARP, OTHER]) socket.send(frame);
  assert.equal(sent(), 1);
  await pass(99);
  assert.equal(sent(), 0);
  await pass(1);
  assert.equal(sent(), 1);
  await pass(200);
  assert.equal(sent(), 2);
  await pass(1000);
  assert.equal(sent(), 0);
});

test("ARP and neighbour advertisements have limits of their own, other frames none", () => {
  const { socketOf, sent } = opened({ usual: { garpMs: 100, gnaMs: 0 } });
  const socket = socketOf("v", "eth0");
  socket.send(ARP);
  for (let left = 5; left > 0; left -= 1) socket.send(NEIGHBOUR);
  assert.equal(sent(), 6);
  const question = ARP.slice();
  question[41] = 9; // asks for another address than its own
  socket.send(question);
  assert.equal(sent(), 1);
});

test("interfaces of a group share its limit, others have their own", () => {
  const group = { garpMs: 100, gnaMs: 100, ifNames: ["eth0", "eth1"] };
  const { socketOf, sent } = opened({ usual: { garpMs: 100, gnaMs: 0 }, groups: [group] });
  for (const ifName of ["eth0", "eth1", "eth2"]) socketOf("v", ifName).send(ARP);
  assert.equal(sent(), 2);
});

test("a router that has given its addresses up announces nothing that waited", async () => {
  const { paced, socketOf, sent, pass } = opened({ usual: { garpMs: 100, gnaMs: 0 } });
  const [socket, other] = [socketOf("v", "eth0"), socketOf("w", "eth0")];
  for (let left = 3; left > 0; left -= 1) socket.send(ARP);
  other.send(OTHER);
  const left = { from: "master", to: "backup", cause: { kind: "sync-group" } } as const;
  const event = { type: "transition", ...left, priority: 100, circumstances: CALM } as const;
  paced.heed("v", event);
  await pass(1000);
  assert.equal(sent(), 2); // that at once, and that of the other
});

test("a socket that is closed has nothing that waits", async () => {
  const { socketOf, sent, pass } = opened({ usual: { garpMs: 100, gnaMs: 0 } });
  const socket = socketOf("v", "eth0");
  for (const frame of [ARP, OTHER]) socket.send(frame);
  socket.close();
  await pass(1000);
  assert.equal(sent(), 1);
});

test("another pace holds from now on, and what waited for the former one is not sent", async () => {
  const { paced, socketOf, sent, pass } = opened({ usual: { garpMs: 100, gnaMs: 0 } });
  const socket = socketOf("v", "eth0");
  for (const frame of [ARP, OTHER]) socket.send(frame);
  paced.renew({ usual: { garpMs: 0, gnaMs: 0 }, groups: [] });
  await pass(1000);
  assert.equal(sent(), 1);
  for (const frame of [ARP, OTHER, ARP]) socket.send(frame);
  assert.equal(sent(), 3);
});
