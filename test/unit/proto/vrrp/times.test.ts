import assert from "node:assert/strict";
import { test } from "node:test";
import {
  firstBeatMs,
  handoverLimitMs,
  masterDownMs,
  nextBeatMs,
  skewMs,
  takeoverLimitMs,
} from "../../../../src/proto/vrrp/times.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

test("the skew of version 2 is a fraction of a second, whatever the interval", () => {
  assert.equal(skewMs({ version: 2, priority: 100 }, 1000), 609.375);
  assert.equal(skewMs({ version: 2, priority: 100 }, 10_000), 609.375);
  assert.equal(skewMs({ version: 2, priority: 255 }, 1000), 3.90625);
});

test("the skew of version 3 is a fraction of the master's interval and keeps its fractions", () => {
  assert.equal(skewMs({ version: 3, priority: 100 }, 1000), 609.375);
  assert.equal(skewMs({ version: 3, priority: 100 }, 10), 6.09375);
  assert.equal(skewMs({ version: 3, priority: 255 }, 10), 0.0390625);
});

test("two priorities never share a takeover time, not even at the shortest interval", () => {
  for (let priority = 2; priority <= 255; priority += 1) {
    for (const version of [2, 3] as const) {
      const weaker = masterDownMs({ version, priority: priority - 1, downAdverts: 1 }, 10);
      assert.ok(masterDownMs({ version, priority, downAdverts: 1 }, 10) < weaker);
    }
  }
});

test("a takeover comes so many intervals and the skew after the last advert", () => {
  assert.equal(masterDownMs(vrrpConfig({ downAdverts: 3 }), 1000), 3609.375);
  assert.equal(takeoverLimitMs(vrrpConfig({ downAdverts: 10 })), 10_609.375);
  assert.equal(takeoverLimitMs(vrrpConfig({ version: 2, adverIntervalMs: 5000 })), 15_609.375);
});

test("a hand-over leaves the weakest peer its skew and the time of one advert", () => {
  assert.equal(handoverLimitMs(vrrpConfig({ version: 3, adverIntervalMs: 100 })), 199.609375);
  assert.equal(handoverLimitMs(vrrpConfig({ version: 2, adverIntervalMs: 5000 })), 5996.09375);
});

test("a first beat is a period away; with slots it is at one, and never more than a period away", () => {
  assert.equal(firstBeatMs(1007, 100), 1107);
  assert.equal(firstBeatMs(1007, 100, 5), 1105);
  assert.equal(firstBeatMs(1005, 100, 5), 1105);
  assert.equal(firstBeatMs(1009.75, 10, 0.5), 1019.5);
});

test("a beat does not drift with lateness, and skips what was slept through", () => {
  assert.equal(nextBeatMs(1000, 100, 1007), 1100);
  assert.equal(nextBeatMs(1000, 100, 1099.9), 1100);
  assert.equal(nextBeatMs(1000, 100, 1100), 1200);
  assert.equal(nextBeatMs(1000, 100, 1450), 1550);
});
