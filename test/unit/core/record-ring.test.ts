import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordRing } from "../../../src/core/record-ring.ts";

const KEEP_MS = 1000;
const TAKEN = 24; // by a record of up to 8 bytes

const head = new Uint8Array();
const one = (byte: number): Uint8Array => Uint8Array.of(byte);

function contentsOf(ring: RecordRing, until = ring.end): number[][] {
  const all: number[][] = [];
  for (let at = ring.next(0, until); at !== undefined; at = ring.next(at.after, until)) {
    all.push([...at.bytes]);
  }
  return all;
}

test("records come back whole, oldest first", () => {
  const ring = new RecordRing(200, KEEP_MS);
  ring.append(0, one(1), Uint8Array.of(2, 3));
  ring.append(0, head, one(4));
  assert.deepEqual(contentsOf(ring), [[1, 2, 3], [4]]);
});

test("the oldest make room for the newest", () => {
  const ring = new RecordRing(3 * TAKEN, KEEP_MS);
  for (let i = 1; i <= 5; i++) ring.append(0, head, one(i));
  assert.deepEqual(contentsOf(ring), [[3], [4], [5]]);
});

test("a record that does not fit before the end of the space begins at its start", () => {
  const ring = new RecordRing(2 * TAKEN + 16, KEEP_MS);
  for (let i = 1; i <= 3; i++) ring.append(0, head, one(i));
  assert.deepEqual(contentsOf(ring), [[2], [3]]);
  ring.append(0, head, new Uint8Array(40).fill(4));
  assert.deepEqual(contentsOf(ring), [new Array(40).fill(4)]);
});

test("what is too old goes, when something is added and when it is asked for", () => {
  const ring = new RecordRing(200, KEEP_MS);
  ring.append(0, head, one(1));
  ring.append(500, head, one(2));
  ring.append(KEEP_MS + 1, head, one(3));
  assert.deepEqual(contentsOf(ring), [[2], [3]]);
  ring.dropBefore(KEEP_MS);
  assert.deepEqual(contentsOf(ring), [[3]]);
  ring.dropBefore(Number.POSITIVE_INFINITY);
  assert.deepEqual(contentsOf(ring), []);
});

test("a reader up to a place does not see what comes later, and passes over what is gone meanwhile", () => {
  const ring = new RecordRing(3 * TAKEN, KEEP_MS);
  for (let i = 1; i <= 3; i++) ring.append(0, head, one(i));
  const until = ring.end;
  const first = ring.next(0, until);
  ring.append(0, head, one(4));
  ring.append(0, head, one(5)); // 1 and 2 are gone
  assert.deepEqual(ring.next(first?.after ?? 0, until)?.bytes, one(3));
  assert.deepEqual(contentsOf(ring, until), [[3]]);
  for (let i = 6; i <= 9; i++) ring.append(0, head, one(i));
  assert.deepEqual(contentsOf(ring, until), []);
});

test("a record larger than the ring is a bug of the caller", () => {
  const ring = new RecordRing(64, KEEP_MS);
  assert.throws(() => ring.append(0, head, new Uint8Array(60)), RangeError);
});
