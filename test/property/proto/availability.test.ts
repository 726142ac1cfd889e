/** The arithmetic of availability holds for any journal, also where the wall clock jumps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Availability,
  availabilityOf,
  figuresOf,
} from "../../../src/proto/ha/availability.ts";
import { placeMoments } from "../../../src/proto/ha/journal-time.ts";
import type { View, ViewSpan } from "../../../src/proto/ha/service-view.ts";

const views: readonly View[] = ["here", "elsewhere", "nowhere", "unknown"];

/** Of one node: some after the other, perhaps with holes. */
const node = fc
  .array(
    fc.record({
      gapMs: fc.nat(3),
      lastsMs: fc.integer({ min: 1, max: 50 }),
      view: fc.constantFrom(...views),
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    const spans: ViewSpan[] = [];
    let atMs = 0;
    for (const { gapMs, lastsMs, view } of parts) {
      const fromMs = atMs + gapMs;
      atMs = fromMs + lastsMs;
      spans.push({ fromMs, untilMs: atMs, view, master: null, cause: null });
    }
    return spans;
  });

const given = fc.tuple(fc.array(node, { minLength: 1, maxLength: 3 }), fc.nat(200), fc.nat(400));

const sumMs = ({ upMs, downMs, unknownMs }: Availability): number => upMs + downMs + unknownMs;

test("up, down and unknown are the whole window, and outages are what is down", () => {
  fc.assert(
    fc.property(given, ([nodes, fromMs, lastsMs]) => {
      const untilMs = fromMs + lastsMs;
      const is = availabilityOf(nodes, { fromMs, untilMs });
      assert.equal(sumMs(is), lastsMs);
      const outagesMs = is.outages.reduce((sum, one) => sum + one.untilMs - one.fromMs, 0);
      assert.equal(outagesMs, is.downMs);
      assert.ok(is.twoMastersMs <= is.upMs);
      let beforeMs = Number.NEGATIVE_INFINITY;
      for (const one of is.outages) {
        assert.ok(one.fromMs > beforeMs && one.untilMs > one.fromMs);
        beforeMs = one.untilMs;
      }
    }),
  );
});

test("each moment is up, down or unknown as its views say", () => {
  fc.assert(
    fc.property(given, ([nodes, fromMs]) => {
      const is = availabilityOf(nodes, { fromMs, untilMs: fromMs + 1 });
      const seen = new Set(
        nodes.flatMap((spans) =>
          spans.flatMap((span) =>
            span.fromMs <= fromMs && fromMs < span.untilMs ? [span.view] : [],
          ),
        ),
      );
      const isUp = seen.has("here") || seen.has("elsewhere");
      const isDown = !isUp && seen.has("nowhere");
      assert.deepEqual([is.upMs, is.downMs], [isUp ? 1 : 0, isDown ? 1 : 0]);
    }),
  );
});

test("two windows together are as the whole", () => {
  fc.assert(
    fc.property(given, fc.nat(400), ([nodes, fromMs, lastsMs], cutMs) => {
      const untilMs = fromMs + lastsMs;
      const middleMs = fromMs + Math.min(cutMs, lastsMs);
      const whole = availabilityOf(nodes, { fromMs, untilMs });
      const parts = [
        availabilityOf(nodes, { fromMs, untilMs: middleMs }),
        availabilityOf(nodes, { fromMs: middleMs, untilMs }),
      ];
      assert.equal(parts[0]?.upMs ?? 0, whole.upMs - (parts[1]?.upMs ?? 0));
      assert.equal(parts[0]?.downMs ?? 0, whole.downMs - (parts[1]?.downMs ?? 0));
    }),
  );
});

test("what clocks may differ by makes no outage longer, and only short ones vanish", () => {
  fc.assert(
    fc.property(given, fc.nat(60), ([nodes, fromMs, lastsMs], skewMs) => {
      const window = { fromMs, untilMs: fromMs + lastsMs };
      const [exact, tolerant] = [
        availabilityOf(nodes, window),
        availabilityOf(nodes, window, skewMs),
      ];
      assert.equal(sumMs(tolerant), lastsMs);
      const kept = new Set(tolerant.outages.map((one) => one.fromMs));
      const vanished = exact.outages.filter((one) => !kept.has(one.fromMs));
      assert.ok(vanished.every((one) => one.untilMs - one.fromMs <= skewMs));
      const vanishedMs = vanished.reduce((sum, one) => sum + one.untilMs - one.fromMs, 0);
      assert.equal(tolerant.downMs, exact.downMs - vanishedMs);
      assert.equal(tolerant.unknownMs, exact.unknownMs);
    }),
  );
});

test("availability is MTTF / (MTTF + MTTR), and as many nines", () => {
  fc.assert(
    fc.property(given, ([nodes, fromMs, lastsMs]) => {
      const is = availabilityOf(nodes, { fromMs, untilMs: fromMs + lastsMs });
      const { availability, nines, mttfMs, mttrMs } = figuresOf(is);
      if (availability === null) {
        assert.equal(is.upMs + is.downMs, 0);
        return;
      }
      assert.ok(availability >= 0 && availability <= 1);
      assert.equal(mttfMs === null, is.outages.length === 0);
      if (mttfMs === null || mttrMs === null || nines === null) return;
      assert.ok(Math.abs(mttfMs / (mttfMs + mttrMs) - availability) < 1e-9);
      assert.ok(Math.abs(1 - 10 ** -nines - availability) < 1e-9 && nines >= 0);
    }),
  );
});

const moment = fc.record({
  bootId: fc.constantFrom("a", "b"),
  monoMs: fc.nat(10_000),
  wallMs: fc.integer({ min: -100_000, max: 100_000 }),
});

test("no jump of a clock makes a duration negative, or another than the monotonic clock has", () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1 }), (moments) => {
      const placed = placeMoments(moments);
      for (let n = 1; n < placed.length; n++) {
        const tookMs = (placed[n] ?? 0) - (placed[n - 1] ?? 0);
        const [one, next] = [moments[n - 1], moments[n]];
        assert.ok(tookMs >= 0);
        if (one === undefined || next === undefined || one.bootId !== next.bootId) continue;
        if (one.monoMs <= next.monoMs) assert.equal(tookMs, next.monoMs - one.monoMs);
      }
      assert.equal(placed.at(-1), moments.at(-1)?.wallMs);
    }),
  );
});
