import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "../../../../src/app/sniff/capture-file.ts";
import type { SniffQuestion } from "../../../../src/app/sniff/session.ts";
import { captureEncoder } from "../../../../src/core/capture/capture-encoder.ts";
import { capture, PCAP_HEAD } from "../../../support/capture-vectors.ts";
import { captureBytes } from "../../../support/captures.ts";
import { FakeFiles } from "../../../support/fake-files.ts";
import { packetOf, packetsOfPcap, pcapOf } from "../../../support/pcap-file.ts";
import { WatchedSession } from "../../../support/sniff-session.ts";
import { advertPacket } from "../../../support/sniffed.ts";

const GOOD = captureBytes("keepalived-v3-ipv4-plain.pcap");

async function read(
  content: Uint8Array | readonly Uint8Array[] | undefined,
  asked: Partial<SniffQuestion> = {},
  { path = "trouble.pcap", stop = new AbortController().signal } = {},
) {
  const [files, watched] = [new FakeFiles(), new WatchedSession(asked)];
  if (content instanceof Uint8Array) files.contents.set(path, content);
  else if (content !== undefined) files.streams.set(path, chunks(content));
  const source = { kind: "file", path } as const;
  const end = await readFile(source, watched.session, files, [stop], watched.onPause);
  return { ...end, shown: watched.shown.length, pauses: watched.pauses };
}

async function* chunks(all: readonly Uint8Array[]) {
  for (const one of all) yield one.slice();
}

test("a capture is read to its end, whose time is that of the last packet", async () => {
  const { shown, endMs, trouble, kernelDrops } = await read(GOOD);
  const packets = packetsOfPcap(GOOD);
  const { seconds = 0, nanoseconds = 0 } = packets.at(-1) ?? {};
  assert.deepEqual([shown, endMs], [packets.length, seconds * 1000 + nanoseconds / 1e6]);
  assert.deepEqual([trouble, kernelDrops], [null, null]);
});

test("any chunks will do, and each is a moment to print what came", async () => {
  const split = [GOOD.subarray(0, 5), GOOD.subarray(5, 111), GOOD.subarray(111)];
  const whole = await read(GOOD);
  const parts = await read(split);
  assert.deepEqual([parts.shown, parts.endMs, parts.pauses], [whole.shown, whole.endMs, 3]);
});

test("a full session ends the reading, also of an endless stream", async () => {
  async function* endless() {
    yield GOOD.slice();
    for (;;) yield new Uint8Array(16);
  }
  const [files, watched] = [new FakeFiles(), new WatchedSession({ count: 2 })];
  files.streams.set("-", endless());
  const source = { kind: "file", path: "-" } as const;
  const end = await readFile(source, watched.session, files, [], () => {});
  assert.deepEqual([watched.shown.length, end.trouble], [2, null]);
});

test("an interruption ends it, and what was cut by it is no fault", async () => {
  const stop = new AbortController();
  stop.abort();
  const parts = [GOOD.subarray(0, 200), GOOD.subarray(200)];
  const { shown, trouble } = await read(parts, {}, { stop: stop.signal });
  assert.deepEqual([shown, trouble], [0, null]);
});

test("what stands before a fault is told, and where the fault is", async () => {
  const cut = await read(GOOD.subarray(0, GOOD.length - 3));
  assert.match(
    cut.trouble ?? "",
    /^trouble\.pcap: the capture ends within a record at byte \d+; (\d+) packets before it were read$/,
  );
  assert.ok(cut.shown > 3);
  const wrong = await read(Uint8Array.of(...GOOD, ...new Uint8Array(16).fill(0xff)));
  assert.match(wrong.trouble ?? "", /a length that cannot be at byte \d+/);
  assert.equal(wrong.shown, cut.shown + 1);
});

test("standard input has a name of its own", async () => {
  const { trouble } = await read([GOOD.subarray(0, GOOD.length - 3)], {}, { path: "-" });
  assert.match(trouble ?? "", /^standard input: the capture ends/);
});

const NOTHING: readonly [name: string, content: Uint8Array | undefined, code: string][] = [
  ["no file", undefined, "ENOENT"],
  ["an empty file", new Uint8Array(), "short"],
  ["no capture", new TextEncoder().encode("#!/bin/sh\necho this is none\n"), "bad-magic"],
  ["half a head", GOOD.subarray(0, 20), "short"],
  ["half a packet", GOOD.subarray(0, 50), "short"],
  ["another link type", pcapOf([packetOf(new Uint8Array(60), 105)]), "unknown-link-type"],
];

for (const [name, content, code] of NOTHING)
  test(`where nothing can be read that is an error: ${name}`, async () => {
    await assert.rejects(read(content), { code });
  });

test("a capture without packets is read, and is empty", async () => {
  assert.deepEqual((await read(capture(PCAP_HEAD))).trouble, null);
});

test("of a link type that is not known the packets are passed over, by its name", async () => {
  const others = [advertPacket(), packetOf(new Uint8Array(60), 105)];
  const encoder = captureEncoder("pcapng", []);
  const records = others.map((packet) => encoder.packet(packet).slice());
  const { shown, trouble } = await read([encoder.head().slice(), ...records]);
  assert.equal(shown, 1);
  assert.equal(trouble, "trouble.pcap: packets of LINKTYPE_IEEE802_11 (105) are not understood");
});
