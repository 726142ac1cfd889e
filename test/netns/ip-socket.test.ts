/** What an `IpSocket` puts on the wire and takes from it, between two hosts on one Ethernet. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Family, type IpBytes, parseIp } from "../../src/core/addr.ts";
import { decodeEthernet } from "../../src/core/wire/ethernet.ts";
import { decodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { decodeIpv6 } from "../../src/core/wire/ipv6.ts";
import { monotonicMs } from "../../src/io/clock.ts";
import { openIpSocket } from "../../src/io/ip-socket.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import type { IpSocket, ReceivedDatagram } from "../../src/io/ports.ts";
import { Arrivals } from "../support/arrivals.ts";
import { type Inside, insideMissing, openInside } from "../support/inside.ts";
import { type Host, Lan } from "../support/netns.ts";

const skip = insideMissing();
const PROTOCOL = 112;
const FAMILIES = [
  { family: 4, group: ip("224.0.0.18"), other: ip("224.0.0.19"), second: "10.0.0.99" },
  { family: 6, group: ip("ff02::12"), other: ip("ff02::13"), second: "fe80::99" },
] as const;

for (const { family, group, other, second } of FAMILIES) {
  test(`IPv${family}: a datagram to the group arrives whole, from the source that was asked for`, {
    skip,
  }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await a.run("ip", "address", "add", second, "dev", "eth0");
    const [atA, atB] = [await openInside(a), await openInside(b)];
    const heard = new Arrivals<ReceivedDatagram>();
    open(t, atB, family, own(b, family), group, heard);
    const payload = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff);
    for (const source of [own(a, family), ip(second)]) {
      const sender = open(t, atA, family, source, group);
      const sentMs = monotonicMs();
      sender.send(payload, group);
      const { receivedMs, ...datagram } = await heard.next();
      assert.deepEqual(datagram, { source, destination: group, ttl: 255, payload });
      assert.ok(sentMs <= receivedMs && receivedMs <= monotonicMs(), "not received when it was");
    }
  });

  test(`IPv${family}: it goes out with 255 hops and the class of network control`, {
    skip,
  }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const [atA, atB] = [await openInside(lan.hosts.a), await openInside(lan.hosts.b)];
    const frames = new Arrivals<Uint8Array>();
    const etherType = family === 4 ? 0x0800 : 0x86dd;
    const wire = atB.run(() =>
      openPacketSocket({ ...atB, etherType, onFrame: (frame) => frames.push(frame) }),
    );
    t.after(() => wire.close());
    const sender = open(t, atA, family, own(lan.hosts.a, family), group);
    sender.send(Uint8Array.of(0x31, 1, 2, 3), group);
    const header = await firstOfProtocol(frames, family);
    assert.deepEqual(header, {
      hops: 255,
      trafficClass: 0xc0,
      payload: Uint8Array.of(0x31, 1, 2, 3),
    });
  });

  test(`IPv${family}: a host does not hear itself, nor another group`, { skip }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const [atA, atB] = [await openInside(a), await openInside(b)];
    const [atSelf, atPeer] = [new Arrivals<ReceivedDatagram>(), new Arrivals<ReceivedDatagram>()];
    const sockets = [
      open(t, atA, family, own(a, family), group, atSelf),
      open(t, atB, family, own(b, family), group, atPeer),
      open(t, atB, family, own(b, family), other), // so that the host does take the other group in
    ] as const;
    sockets[0].send(Uint8Array.of(1), other);
    sockets[0].send(Uint8Array.of(2), group);
    assert.deepEqual((await atPeer.next()).payload, Uint8Array.of(2));
    sockets[1].send(Uint8Array.of(3), group);
    assert.deepEqual((await atSelf.next()).payload, Uint8Array.of(3));
  });

  test(`IPv${family}: a send while the link is down fails, and works again with the link`, {
    skip,
  }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const [atA, atB] = [await openInside(a), await openInside(b)];
    const heard = new Arrivals<ReceivedDatagram>();
    const sender = open(t, atA, family, own(a, family), group);
    const receiver = open(t, atB, family, own(b, family), group, heard);
    await b.run("ip", "link", "set", "eth0", "down");
    assert.throws(() => receiver.send(Uint8Array.of(1), group), {
      name: "SystemError",
      op: "sendto",
    });
    await b.run("ip", "link", "set", "eth0", "up");
    // The switch takes a port in only some time after the port's carrier came back.
    const again = setInterval(() => sender.send(Uint8Array.of(2), group), 20);
    t.after(() => clearInterval(again));
    assert.deepEqual((await heard.next()).payload, Uint8Array.of(2));
  });
}

for (const { family, group, second } of FAMILIES) {
  test(`IPv${family}: without a group only what is sent to the source address arrives, whole`, {
    skip,
  }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await a.run("ip", "address", "add", second, "dev", "eth0");
    const [atA, atB] = [await openInside(a), await openInside(b)];
    const heard = new Arrivals<ReceivedDatagram>();
    open(t, atB, family, own(b, family), null, heard);
    open(t, atB, family, own(b, family), group); // so that the host does take the group in
    const source = ip(second); // not the one that the kernel would choose
    const payload = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff);
    open(t, atA, family, own(a, family), group).send(Uint8Array.of(1), group);
    open(t, atA, family, source, null).send(payload, own(b, family));
    const { receivedMs: _, ...datagram } = await heard.next();
    assert.deepEqual(datagram, { source, destination: own(b, family), ttl: 255, payload });
  });
}

test("over IPv4 a source that the host does not have is refused", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  const atA = await openInside(lan.hosts.a);
  const socket = open(t, atA, 4, ip("10.0.0.99"), FAMILIES[0].group);
  assert.throws(() => socket.send(Uint8Array.of(1), FAMILIES[0].group), {
    name: "SystemError",
    op: "sendto",
  });
});

test("an interface that is not there is refused and nothing stays open", { skip }, async (t) => {
  await using lan = await Lan.open("a");
  const atA = await openInside(lan.hosts.a);
  for (const { family, group } of FAMILIES) {
    const missing = { ...atA, ifName: "nope0" };
    assert.throws(() => open(t, missing, family, own(lan.hosts.a, family), group), {
      name: "SystemError",
      code: "ENODEV",
      op: "setsockopt",
      subject: "nope0",
    });
  }
});

function ip(text: string): IpBytes {
  return parseIp(text) ?? assert.fail(text);
}

const own = (host: Host, family: Family): IpBytes => ip(family === 4 ? host.ipv4 : host.linkLocal);

/** Closed after the test, however it ends: an open socket keeps the process alive. */
function open(
  t: TestContext,
  at: Inside,
  family: Family,
  source: IpBytes,
  group: IpBytes | null,
  arrivals?: Arrivals<ReceivedDatagram>,
): IpSocket {
  const { ifName, ifIndex } = at;
  const onDatagram = (datagram: ReceivedDatagram) => arrivals?.push(datagram);
  const options = { family, protocol: PROTOCOL, ifName, ifIndex, source, group, onDatagram };
  const socket = at.run(() => openIpSocket(options));
  t.after(() => socket.close());
  return socket;
}

/** Of the first frame that carries our protocol; the hosts also speak MLD and IGMP. */
async function firstOfProtocol(frames: Arrivals<Uint8Array>, family: Family) {
  for (;;) {
    const frame = decodeEthernet(await frames.next());
    assert.ok(frame.ok);
    if (family === 4) {
      const packet = decodeIpv4(frame.value.payload);
      assert.ok(packet.ok);
      const { ttl, trafficClass, protocol, payload } = packet.value;
      if (protocol === PROTOCOL) return { hops: ttl, trafficClass, payload };
    } else {
      const packet = decodeIpv6(frame.value.payload);
      assert.ok(packet.ok);
      const { hopLimit, trafficClass, protocol, payload } = packet.value;
      if (protocol === PROTOCOL) return { hops: hopLimit, trafficClass, payload };
    }
  }
}
