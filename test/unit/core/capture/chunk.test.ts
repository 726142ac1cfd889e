import assert from "node:assert/strict";
import { test } from "node:test";
import { chunkOf, RecordRoom } from "../../../../src/core/capture/chunk.ts";

test("the view is of the very bytes, also where they are a part of others", () => {
  const { view } = chunkOf(Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
  assert.deepEqual([view.byteLength, view.getUint16(0)], [2, 0x0203]);
});

test("room is made anew only where it is too small, and then at least doubled", () => {
  const room = new RecordRoom();
  const first = room.atLeast(10);
  assert.equal(room.atLeast(first.bytes.length), first);
  const second = room.atLeast(first.bytes.length + 1);
  assert.equal(second.bytes.length, 2 * first.bytes.length);
  assert.equal(room.atLeast(100_000).bytes.length, 100_000);
});
