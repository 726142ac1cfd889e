/** The `Capture` port on a real Ethernet. */
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { parseMac } from "../../src/core/addr.ts";
import { compileFilter, field, some } from "../../src/core/bpf.ts";
import { LINKTYPE } from "../../src/core/capture/link-type.ts";
import { encodeEthernet } from "../../src/core/wire/ethernet.ts";
import { openCapture } from "../../src/io/capture.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import type { Capture, CapturedFrame } from "../../src/io/ports.ts";
import { type Inside, insideMissing, openInside } from "../support/inside.ts";
import { type Host, Lan } from "../support/netns.ts";

const skip = insideMissing();
const ETHER_TYPE = 0x88b5; // IEEE 802 local experimental
const SNAP_BYTES = 80;

test("frames of both directions come with their times, cut to the length asked for", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const capture = open(t, atA);
  const before = BigInt(Date.now()) * 1_000_000n;
  send(t, atA, frame(a, b, 60));
  send(t, atB, frame(b, a, 1000));
  const [own, foreign] = await take(capture, 2);
  assert.deepEqual([own?.direction, own?.wireBytes, own?.bytes], ["out", 60, frame(a, b, 60)]);
  assert.deepEqual(
    [foreign?.direction, foreign?.wireBytes, foreign?.bytes],
    ["in", 1000, frame(b, a, 1000).slice(0, SNAP_BYTES)],
  );
  const times = [before, own?.wallNs ?? 0n, foreign?.wallNs ?? 0n];
  assert.deepEqual(
    times,
    times.toSorted((x, y) => Number(x - y)),
  );
});

test("what the filter does not ask for is not there", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const capture = open(t, atA);
  send(t, atB, frame(b, a, 60, ETHER_TYPE + 1));
  send(t, atB, frame(b, a, 61));
  const [first] = await take(capture, 1);
  assert.equal(first?.wireBytes, 61);
});

test("frames beyond the room of the socket are counted, once", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const capture = open(t, atA);
  const sender = atB.run(() => openPacketSocket(atB));
  t.after(() => sender.close());
  for (let i = 0; i < 4000; i++) sender.send(frame(b, a, 1000));
  const kept = (await take(capture, 1)).length + drain(capture);
  assert.equal(kept + capture.takeLost(), 4000);
  assert.equal(capture.takeLost(), 0);
});

test("an interface that goes down has no frames, and has them again later", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const capture = open(t, atA);
  await a.run("ip", "link", "set", "eth0", "down");
  assert.deepEqual(capture.read(), []);
  await a.run("ip", "link", "set", "eth0", "up");
  // The bridge forwards to it again a while after it is up: what is sent before that is lost.
  const resend = setInterval(() => send(t, atB, frame(b, a, 60)), 50);
  t.after(() => clearInterval(resend));
  assert.ok((await take(capture, 1)).length > 0);
});

/** Tags outermost first. */
const TAGGED: readonly [
  name: string,
  tags: readonly (readonly [tpid: number, vlanId: number])[],
][] = [
  ["a VLAN tag", [[0x8100, 5]]],
  ["a VLAN tag with the highest number", [[0x8100, 4094]]],
  ["a tag of a provider", [[0x88a8, 7]]],
  [
    "two tags",
    [
      [0x88a8, 7],
      [0x8100, 5],
    ],
  ],
];

for (const [name, tags] of TAGGED)
  test(`a frame with ${name} comes as it was sent, both ways`, { skip }, async (t) => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const [atA, atB] = [await openInside(a), await openInside(b)];
    const [receiver, sender] = [open(t, atA, TAGS_TOO), open(t, atB, TAGS_TOO)];
    const bytes = frame(b, a, 60, ETHER_TYPE, tags);
    send(t, atB, bytes);
    for (const [capture, direction] of [
      [receiver, "in"],
      [sender, "out"],
    ] as const) {
      const [seen] = await take(capture, 1);
      assert.deepEqual(
        [seen?.direction, seen?.linkType, seen?.wireBytes, seen?.bytes],
        [direction, LINKTYPE.ethernet, bytes.length, bytes],
      );
    }
  });

test("a frame with a tag is cut to the length asked for, tag included", { skip }, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const capture = open(t, atA, TAGS_TOO);
  const bytes = frame(b, a, 500, ETHER_TYPE, [[0x8100, 5]]);
  send(t, atB, bytes);
  const [seen] = await take(capture, 1);
  assert.deepEqual([seen?.wireBytes, seen?.bytes], [504, bytes.slice(0, SNAP_BYTES)]);
});

test("of all interfaces each frame says where it was seen, and of what kind of link", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  await lan.plugSecond(a, b);
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const indexOf = async (host: Host, name: string) =>
    Number((await host.run("cat", `/sys/class/net/${name}/ifindex`)).trim());
  const capture = open(t, { ...atA, ifName: "any", ifIndex: 0 });
  send(t, atB, frame(b, a, 60));
  send(t, { ...atB, ifName: "eth1", ifIndex: await indexOf(b, "eth1") }, frame(b, a, 61));
  const seen = await take(capture, 2);
  assert.deepEqual(
    seen.map(({ ifIndex, wireBytes, linkType }) => [ifIndex, wireBytes, linkType]),
    [
      [atA.ifIndex, 60, LINKTYPE.ethernet],
      [await indexOf(a, "eth1"), 61, LINKTYPE.ethernet],
    ],
  );
});

test("who asked for it is told when something waits, and not after closing", {
  skip,
}, async (t) => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const [atA, atB] = [await openInside(a), await openInside(b)];
  const seen: number[] = [];
  const told = new EventEmitter();
  const options = { ...atA, filter: FILTER, snapBytes: SNAP_BYTES };
  const onReadable = (): void => {
    seen.push(...capture.read().map(({ wireBytes }) => wireBytes));
    told.emit("read");
  };
  const capture = atA.run(() => openCapture({ ...options, onReadable }));
  t.after(() => capture.close());
  const first = once(told, "read");
  send(t, atB, frame(b, a, 60));
  await first;
  assert.deepEqual(seen, [60]);
  capture.close();
  const other = open(t, atA);
  send(t, atB, frame(b, a, 61));
  await take(other, 1);
  assert.deepEqual(seen, [60]);
});

test("an interface that is not there is refused", { skip }, async () => {
  await using lan = await Lan.open("a");
  const atA = await openInside(lan.hosts.a);
  const missing = { ifName: "nope0", ifIndex: 4242, filter: FILTER, snapBytes: 80 };
  assert.throws(() => atA.run(() => openCapture(missing)), { code: "ENODEV", op: "bind" });
});

function open(t: TestContext, at: Inside, filter = FILTER): Capture {
  const options = { ...at, filter, snapBytes: SNAP_BYTES };
  const capture = at.run(() => openCapture(options));
  t.after(() => capture.close());
  return capture;
}

/** Waits until there are so many. */
async function take(capture: Capture, count: number): Promise<CapturedFrame[]> {
  const frames: CapturedFrame[] = [];
  while (frames.length < count) {
    frames.push(...capture.read());
    await setTimeout(1);
  }
  return frames;
}

/** @returns how many were left */
function drain(capture: Capture): number {
  let count = 0;
  for (let batch = capture.read(); batch.length > 0; batch = capture.read()) count += batch.length;
  return count;
}

function send(t: TestContext, at: Inside, bytes: Uint8Array): void {
  const socket = at.run(() => openPacketSocket(at));
  t.after(() => socket.close());
  socket.send(bytes);
}

/** @param length without the tags */
const frame = (
  from: Host,
  to: Host,
  length: number,
  etherType = ETHER_TYPE,
  tags: readonly (readonly [tpid: number, vlanId: number])[] = [],
): Uint8Array =>
  encodeEthernet({
    destination: macOf(to),
    source: macOf(from),
    tags: tags.map(([tpid, vlanId]) => ({ tpid, priority: 3, dropEligible: false, vlanId })),
    etherType,
    payload: new Uint8Array(length - 14).fill(length),
  });

const macOf = (host: Host): Uint8Array => parseMac(host.mac) ?? assert.fail(host.mac);

const FILTER = compileFilter(field(12, 2, ETHER_TYPE));
const TAGS_TOO = compileFilter(
  some(...[12, 16, 20].map((typeAt) => field(typeAt, 2, ETHER_TYPE))), // as far as they are still there
);
