import assert from "node:assert/strict";
import { test } from "node:test";
import {
  encodeFrameHead,
  ndjsonOf,
  pcapngOf,
  type Recording,
  type RecordingLine,
  recordingLines,
} from "../../../../src/app/vrrp/recording.ts";
import { RecordRing } from "../../../../src/core/record-ring.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { readCapture } from "../../../support/read-capture.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const FRAME = fromHex(KEEPALIVED.v3Ip4);

/** @param frames so many of the same @param events lines of so many bytes */
function recording(frames: number, events: readonly number[] = []): Recording {
  const [ofFrames, ofEvents] = [new RecordRing(1 << 16, 1e6), new RecordRing(1 << 16, 1e6)];
  for (let n = 0; n < frames; n += 1) {
    const frame = passingFrame(FRAME, { wallNs: BigInt(n), direction: n === 0 ? "out" : "in" });
    ofFrames.append(n, encodeFrameHead(frame, n === 1), FRAME);
  }
  for (const length of events)
    ofEvents.append(0, new Uint8Array(), new Uint8Array(length).fill(97));
  return {
    title: "VI_1",
    ifName: "eth0",
    wallMs: 0,
    snapBytes: 128,
    lostFrames: 3,
    frames: { ring: ofFrames, end: ofFrames.end },
    events: { ring: ofEvents, end: ofEvents.end },
  };
}

test("a frame comes back as it was seen, and one that was altered says so", () => {
  const file = Buffer.concat([...pcapngOf(recording(2))]);
  const { packets, lostPackets } = readCapture(file);
  assert.deepEqual(
    packets.map(({ wallNs, direction, bytes }) => [wallNs, direction, bytes.length]),
    [
      [0n, "out", FRAME.length],
      [1n, "in", FRAME.length],
    ],
  );
  assert.equal(lostPackets, 3);
  assert.equal(file.toString("latin1").split("the password is blanked").length, 2);
});

test("pieces are of 4 KiB at most, but for a record that is longer, and none is empty", () => {
  const lengths = (...events: readonly number[]) =>
    [...ndjsonOf(recording(0, events))].map(({ length }) => length);
  assert.deepEqual(lengths(), []);
  assert.deepEqual(lengths(4000, 96, 1), [4096, 1]);
  assert.deepEqual(lengths(10, 9000, 10), [10, 9000, 10]);
});

test("a piece that was given out is not written over by the next", () => {
  const pieces = [...ndjsonOf(recording(0, [4096, 4096]))];
  pieces[1]?.fill(0);
  assert.ok(pieces[0]?.every((byte) => byte === 97));
});

test("what came after the moment of the recording is not in it", () => {
  const made = recording(2);
  made.frames.ring.append(9, encodeFrameHead(passingFrame(FRAME), false), FRAME);
  assert.equal(readCapture(Buffer.concat([...pcapngOf(made)])).packets.length, 2);
});

test("as lines it is the same capture, and the last line tells what was lost", () => {
  const lines = [...recordingLines(recording(2))].map((line) => JSON.parse(line) as RecordingLine);
  const pieces = lines.flatMap((line) => ("pcapng" in line ? line.pcapng : []));
  const bytes = Buffer.concat(pieces.map((text) => Buffer.from(text, "base64")));
  assert.deepEqual(bytes, Buffer.concat([...pcapngOf(recording(2))]));
  assert.deepEqual(lines.at(-1), { lost_frames: 3 });
});
