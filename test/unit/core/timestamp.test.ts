/** Times of packets agree with those of the platform. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  formatTimeOfDay,
  formatTimeOfDayMs,
  formatTimestamp,
  formatTimestampMs,
} from "../../../src/core/timestamp.ts";

test("a time is told to the microsecond", () => {
  assert.equal(formatTimestamp(1_700_000_000, 123_456_789), "2023-11-14T22:13:20.123456Z");
  assert.equal(formatTimeOfDay(1_700_000_000, 1_999), "22:13:20.000001Z");
  assert.equal(formatTimestampMs(1_700_000_000_250), "2023-11-14T22:13:20.250000Z");
  assert.equal(formatTimeOfDayMs(1_700_000_000_250.5), "22:13:20.250500Z");
});

test("every second of pcap's 32 bits is the second of the platform", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (seconds) => {
      const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
      assert.equal(formatTimestamp(seconds, 0), `${iso}.000000Z`);
    }),
  );
});

test("29 February and the turn of a year are days of their own", () => {
  for (const iso of ["2024-02-29", "2000-02-29", "2023-12-31", "2024-01-01", "1970-01-01"]) {
    const seconds = Date.parse(`${iso}T23:59:59Z`) / 1000;
    assert.equal(formatTimestamp(seconds, 0), `${iso}T23:59:59.000000Z`);
  }
});
