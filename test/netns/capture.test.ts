/** The `Capture` port on a real Ethernet. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { parseMac } from "../../src/core/addr.ts";
import { compileFilter, field } from "../../src/core/bpf.ts";
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

test("an interface that is not there is refused", { skip }, async () => {
  await using lan = await Lan.open("a");
  const atA = await openInside(lan.hosts.a);
  const missing = { ifName: "nope0", ifIndex: 4242, filter: FILTER, snapBytes: 80 };
  assert.throws(() => atA.run(() => openCapture(missing)), { code: "ENODEV", op: "bind" });
});

function open(t: TestContext, at: Inside): Capture {
  const options = { ...at, filter: FILTER, snapBytes: SNAP_BYTES };
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

const frame = (from: Host, to: Host, length: number, etherType = ETHER_TYPE): Uint8Array =>
  encodeEthernet({
    destination: macOf(to),
    source: macOf(from),
    tags: [],
    etherType,
    payload: new Uint8Array(length - 14).fill(length),
  });

const macOf = (host: Host): Uint8Array => parseMac(host.mac) ?? assert.fail(host.mac);

const FILTER = compileFilter(field(12, 2, ETHER_TYPE));
