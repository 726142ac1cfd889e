import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CaptureFormat, captureEncoder } from "../../../src/core/capture/capture-encoder.ts";
import type { CapturePacket } from "../../../src/core/capture/packet.ts";
import { anyBytes, mutatedOf } from "../../support/arbitraries.ts";
import { asRead } from "../../support/capture-packets.ts";
import { block, capture, described, PACKET, SECTION } from "../../support/capture-vectors.ts";
import { captureBytes, captureNames } from "../../support/captures.ts";
import { readCapture } from "../../support/read-capture.ts";

/** Every kind of block, with options of every kind; the real ones are small, so that a change hits what matters. */
const MADE = capture(
  SECTION,
  described("0002 0004 65746830 0009 0001 09000000 000e 0008 0000000000000001 0000 0000"),
  described("0009 0001 8a000000", "0071"),
  PACKET,
  block(2, "0001 0003 00000000 000f4241 00000002 00000003 abcd 0000 0001 0003 61626300"),
  block(3, "00000003 abcdef00"),
  block(0xbad, "0001 0003 61626300"),
  block(5, "00000000 00000000 00000001 0005 0008 0000000000000005 0000 0000"),
  SECTION,
  described(),
  PACKET,
);
const REAL = captureNames()
  .map(captureBytes)
  .filter(({ length }) => length < 4000);
/** The real ones once more, in the other byte order. */
const SWAPPED = REAL.filter((file) => file[0] === 0xd4).map(swapped);
const files = fc.oneof(
  anyBytes,
  mutatedOf([MADE]),
  mutatedOf([...REAL, ...SWAPPED]),
  anyBytes.map((bytes) => Uint8Array.of(...MADE.subarray(0, 28), ...bytes)),
);

test("a real capture in the other byte order says the same", () => {
  const plain = REAL.filter((file) => file[0] === 0xd4).map((file) => readCapture(file));
  assert.ok(plain.length > 5);
  assert.deepEqual(
    SWAPPED.map((file) => readCapture(file)),
    plain,
  );
});

test("any bytes are packets that stand in them, and at most one fault, which stands in them too", () => {
  fc.assert(
    fc.property(files, (file) => {
      const { packets, fault } = readCapture(file);
      const sum = packets.reduce((bytes, packet) => bytes + packet.bytes.length + 12, 0);
      assert.ok(sum <= file.length);
      for (const packet of packets) {
        assert.ok(packet.wireBytes >= packet.bytes.length);
        assert.ok(packet.wallNs >= 0n && packet.wallNs < 1n << 64n);
      }
      if (fault === undefined) return;
      assert.match(fault.code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(fault.offset >= 0 && fault.offset <= file.length);
    }),
    { numRuns: 2000 },
  );
});

test("any split of any bytes into chunks gives the same", () => {
  const chunkBytes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(files, chunkBytes, (file, lengths) => {
      assert.deepEqual(readCapture(file, lengths), readCapture(file));
    }),
    { numRuns: 1000 },
  );
});

test("what is read can be written, and is then read as the same", () => {
  fc.assert(
    fc.property(files, fc.constantFrom("pcap", "pcapng"), (file, format) => {
      const { packets } = readCapture(file);
      const first = packets[0]?.linkType ?? 1;
      const taken = packets
        .filter(({ linkType }) => format === "pcapng" || linkType === first)
        .map(asPacket);
      const read = readCapture(encode(format, taken));
      assert.equal(read.fault, undefined);
      const kept = format === "pcapng" ? {} : { interfaceName: "", direction: null };
      assert.deepEqual(
        read.packets,
        taken.map((packet) => ({ ...asRead(packet), ...kept })),
      );
    }),
  );
});

function asPacket({ wallNs, bytes, ...packet }: ReturnType<typeof asRead>): CapturePacket {
  const seconds = Number(wallNs / 1_000_000_000n) % 2 ** 32; // what pcap can say
  const nanoseconds = Number(wallNs % 1_000_000_000n);
  return { ...packet, seconds, nanoseconds, bytes, start: 0, end: bytes.length };
}

function encode(format: CaptureFormat, packets: readonly CapturePacket[]): Uint8Array {
  const encoder = captureEncoder(format, []);
  const head = encoder.head();
  const records = packets.map((packet) => new Uint8Array(encoder.packet(packet)));
  const parts = [head, ...records, encoder.tail()];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A whole little-endian pcap capture as a big-endian host would have written it. */
function swapped(file: Uint8Array): Uint8Array {
  const copy = new Uint8Array(file);
  const turn = (at: number, length: number) => copy.subarray(at, at + length).reverse();
  for (const [at, length] of [
    [0, 4],
    [4, 2],
    [6, 2],
    [8, 4],
    [12, 4],
    [16, 4],
    [20, 4],
  ] as const)
    turn(at, length);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 24; at < file.length; at += 16 + view.getUint32(at + 8, true)) {
    for (const field of [0, 4, 8, 12]) turn(at + field, 4);
  }
  return copy;
}
