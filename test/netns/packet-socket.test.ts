/** Ethernet frames between two hosts on one Ethernet. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parseMac } from "../../src/core/addr.ts";
import { compileFilter, every, some } from "../../src/core/bpf.ts";
import { BROADCAST_MAC, encodeEthernet } from "../../src/core/wire/ethernet.ts";
import { claimsOneOf, isReceived, isVrrp } from "../../src/core/wire/frame-filter.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import type { PacketSocket, PacketSocketOptions } from "../../src/io/ports.ts";
import { Arrivals } from "../support/arrivals.ts";
import { type Inside, insideMissing, openInside } from "../support/inside.ts";
import { type Host, Lan } from "../support/netns.ts";
import { fromHex, ip } from "../support/packets.ts";
import { KEEPALIVED, LINUX } from "../vectors/frames.ts";

const skip = insideMissing();
const ETHER_TYPE = 0x88b5; // IEEE 802 local experimental
const OTHER_TYPE = 0x88b6;

test("frames arrive whole at those who receive their EtherType", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const heard = new Arrivals<Uint8Array>();
  const sender = openSender(t, atA);
  openReceiver(t, atB, heard);
  sender.send(frame(a, OTHER_TYPE, 1));
  sender.send(frame(a, ETHER_TYPE, 2));
  assert.deepEqual(await heard.next(), frame(a, ETHER_TYPE, 2));
});

test("a host does not receive the frames that it sends itself", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const heard = new Arrivals<Uint8Array>();
  openReceiver(t, atA, heard);
  const own = openSender(t, atA);
  const peer = openSender(t, atB);
  own.send(frame(a, ETHER_TYPE, 1));
  peer.send(frame(b, ETHER_TYPE, 2));
  assert.deepEqual(await heard.next(), frame(b, ETHER_TYPE, 2));
});

test("the kernel runs the filter over frames of any EtherType", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const heard = new Arrivals<Uint8Array>();
  const onFrame = (frame: Uint8Array) => heard.push(frame);
  const ips = [ip("10.0.0.105"), ip("fe80::6")];
  const filter = compileFilter(every(isReceived, some(claimsOneOf(ips), isVrrp(4))));
  const receiver = open(t, atB, { ...atB, etherType: "any", filter, onFrame });
  const sender = openSender(t, atA);
  receiver.send(fromHex(KEEPALIVED.v3Ip4)); // its own
  for (const other of [LINUX.arpRequest, LINUX.echoRequest, KEEPALIVED.v3Ip6]) {
    sender.send(fromHex(other));
  }
  const { gratuitousArp, unsolicitedAdvertisement, v3Ip4 } = KEEPALIVED;
  for (const wanted of [gratuitousArp, unsolicitedAdvertisement, v3Ip4].map(fromHex)) {
    sender.send(wanted);
    assert.deepEqual(await heard.next(), wanted);
  }
});

test("a link that goes down refuses to send; receiving comes back with it", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const heard = new Arrivals<Uint8Array>();
  const sender = openSender(t, atA);
  const receiver = openReceiver(t, atB, heard);
  await b.run("ip", "link", "set", "eth0", "down");
  assert.throws(() => receiver.send(frame(b, ETHER_TYPE, 1)), {
    name: "SystemError",
    code: "ENETDOWN",
    op: "sendmmsg",
    subject: "eth0",
  });
  await b.run("ip", "link", "set", "eth0", "up");
  sender.send(frame(a, ETHER_TYPE, 2));
  assert.deepEqual(await heard.next(), frame(a, ETHER_TYPE, 2));
});

test("an interface that is not there is refused", { skip }, async () => {
  await using lan = await Lan.open("a");
  const atA = await openInside(lan.hosts.a);
  const missing = { ifName: "nope0", ifIndex: 4242 };
  assert.throws(() => atA.run(() => openPacketSocket(missing)), { code: "ENODEV", op: "bind" });
});

const openSender = (t: TestContext, at: Inside): PacketSocket => open(t, at, at);

function openReceiver(t: TestContext, at: Inside, heard: Arrivals<Uint8Array>): PacketSocket {
  const onFrame = (frame: Uint8Array) => heard.push(frame);
  return open(t, at, { ...at, etherType: ETHER_TYPE, onFrame });
}

/** Closed after the test, however it ends: an open socket keeps the process alive. */
function open(t: TestContext, at: Inside, options: PacketSocketOptions): PacketSocket {
  const socket = at.run(() => openPacketSocket(options));
  t.after(() => socket.close());
  return socket;
}

/** Long enough that nothing pads it. */
const frame = (from: Host, etherType: number, content: number): Uint8Array =>
  encodeEthernet({
    destination: BROADCAST_MAC,
    source: parseMac(from.mac) ?? assert.fail(from.mac),
    tags: [],
    etherType,
    payload: new Uint8Array(64).fill(content),
  });
