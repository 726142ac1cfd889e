import assert from "node:assert/strict";
import { test } from "node:test";
import { momentText, TimeScale, ticksOf } from "../../../../src/commands/vrrp/time-scale.ts";

const FROM_MS = Date.UTC(2026, 0, 2, 11, 58, 7, 123);
const [S, M, H, D] = [1000, 60_000, 3_600_000, 86_400_000];
const scale = (spanMs: number, fromMs = FROM_MS) =>
  new TimeScale({ fromMs, untilMs: fromMs + spanMs }, 200, 1176);
const labels = (spanMs: number) =>
  ticksOf(scale(spanMs)).map(({ time, date }) => `${date} ${time}`.trim());

test("ticks are round times, as fine as the span wants, with the date where it changes", () => {
  assert.deepEqual(labels(50).slice(0, 2), ["2026-01-02 11:58:07.130", "11:58:07.140"]);
  assert.deepEqual(labels(20 * S).slice(0, 2), ["2026-01-02 11:58:10", "11:58:15"]);
  assert.deepEqual(labels(5 * M).slice(0, 2), ["2026-01-02 11:59", "12:00"]);
  assert.deepEqual(labels(36 * H).slice(0, 3), ["2026-01-02 12:00", "18:00", "2026-01-03 00:00"]);
  assert.deepEqual(labels(30 * D).slice(0, 2), ["2026-01-07", "2026-01-12"]);
});

test("for every span there are some ticks, far enough from each other", () => {
  for (let spanMs = 10; spanMs < 400 * 365 * D; spanMs *= 1.37) {
    const ticks = ticksOf(scale(spanMs));
    assert.ok(ticks.length >= 2 && ticks.length <= 10, `${spanMs}: ${ticks.length}`);
    for (const [n, { x }] of ticks.entries()) {
      assert.ok(x >= 200 && x <= 1176);
      if (n > 0) assert.ok(x - (ticks[n - 1]?.x ?? 0) >= 99.9, `${spanMs}`);
    }
  }
});

test("no time is an instant or out of any calendar: a capture may claim both", () => {
  const instant = scale(0);
  assert.ok(ticksOf(instant).length > 0);
  assert.deepEqual([instant.x(FROM_MS), instant.x(FROM_MS + 1000)], [200, 1176]);
  const endless = new TimeScale({ fromMs: 0, untilMs: 1.8e19 }, 200, 1176);
  assert.ok(ticksOf(endless).length > 0);
  assert.ok(ticksOf(scale(Number.NaN)).length > 0);
  assert.match(momentText(1.8e19), /^\+275760-09-13 /);
});

test("what is outside of the span stands at its ends", () => {
  assert.deepEqual([scale(S).x(0), scale(S).x(FROM_MS + D)], [200, 1176]);
});
