import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RecordRing } from "../../../src/core/record-ring.ts";
import { toHex } from "../../support/packets.ts";

const record = fc.record({
  afterMs: fc.nat(30),
  head: fc.uint8Array({ maxLength: 9 }),
  body: fc.uint8Array({ maxLength: 60 }),
});

test("a ring has the latest of what was put in, whole, in order and young enough", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), fc.nat(40), (records, words) => {
      const [capacity, keepMs] = [96 + words * 8, 100];
      const ring = new RecordRing(capacity, keepMs);
      const put: { atMs: number; hex: string }[] = [];
      let nowMs = 0;
      for (const { afterMs, head, body } of records) {
        nowMs += afterMs;
        ring.append(nowMs, head, body);
        put.push({ atMs: nowMs, hex: toHex(head) + toHex(body) });
        const kept = contentsOf(ring);
        const latest = put.slice(put.length - kept.length);
        assert.deepEqual(
          kept,
          latest.map(({ hex }) => hex),
        );
        assert.ok(kept.length > 0 && latest.every(({ atMs }) => atMs >= nowMs - keepMs));
      }
    }),
    { numRuns: 500 },
  );
});

function contentsOf(ring: RecordRing): string[] {
  const all: string[] = [];
  for (let at = ring.next(0, ring.end); at !== undefined; at = ring.next(at.after, ring.end)) {
    all.push(toHex(at.bytes));
  }
  return all;
}
