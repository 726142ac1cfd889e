/** Whatever others send and in whichever order: few frames of ours, and each conflict that begins ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type ConflictFact,
  type ConflictOrder,
  ConflictWatch,
} from "../../src/proto/vrrp/conflict-watch.ts";
import { type LoopFact, LoopProof } from "../../src/proto/vrrp/loop-proof.ts";

const mac = fc.integer({ min: 0, max: 40 }).map((n) => `02:00:00:00:00:${n}`);
const fact: fc.Arbitrary<ConflictFact> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ConflictFact>({ kind: "took-over" }) },
  { weight: 1, arbitrary: fc.constant<ConflictFact>({ kind: "released" }) },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant("claim-heard" as const),
      vip: fc.constantFrom("10.0.0.100", "10.0.0.101"),
      mac,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("rival-heard" as const),
      source: fc.constantFrom("10.0.0.2", "10.0.0.3"),
      mac,
      adverIntervalMs: fc.constantFrom(10, 1000, 40_950),
      outranksUs: fc.boolean(),
    }),
  },
);
const steps = fc.array(fc.tuple(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 5000 })), fact), {
  minLength: 20,
  maxLength: 300,
});

/** Feeds the facts, each so long after the one before, and the timer when it is due. */
function replay(facts: readonly (readonly [number, ConflictFact])[]): [number, ConflictOrder][] {
  const machine = new ConflictWatch(1000);
  const told: [number, ConflictOrder][] = [];
  let nowMs = 1000;
  const feed = (one: Parameters<ConflictWatch["handle"]>[0]): void => {
    for (const order of machine.handle(one, nowMs)) told.push([nowMs, order]);
  };
  const passTo = (endMs: number): void => {
    while (machine.deadlineMs <= endMs) {
      nowMs = Math.max(nowMs, machine.deadlineMs);
      feed({ kind: "timer-expired" });
      assert.ok(machine.deadlineMs > nowMs, "a timer that ran is due later");
    }
    nowMs = endMs;
  };
  feed({ kind: "took-over" });
  for (const [gapMs, one] of facts) {
    passTo(nowMs + gapMs);
    feed(one);
  }
  feed({ kind: "released" });
  assert.equal(machine.deadlineMs, Number.POSITIVE_INFINITY);
  assert.equal(machine.conflicts.length, 0);
  return told;
}

test("never two defences within a second, nor two questions within half of one", () => {
  fc.assert(
    fc.property(steps, (facts) => {
      const told = replay(facts.filter(([, { kind }]) => kind.endsWith("heard")));
      for (const [kind, leastMs] of [
        ["announce", 1000],
        ["ask", 500],
      ] as const) {
        const times = told.flatMap(([atMs, order]) => (order.kind === kind ? [atMs] : []));
        const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
        assert.ok(Math.min(...gaps, leastMs) >= leastMs, `${kind}: ${times.join(" ")}`);
      }
    }),
  );
});

test("each conflict that begins ends once, before it can begin again", () => {
  fc.assert(
    fc.property(steps, (facts) => {
      const open = new Set<string>();
      for (const [, order] of replay(facts)) {
        if (order.kind !== "report-conflict") continue;
        const { kind, vip, source, mac: theirs } = order.conflict;
        const key = kind === "second-master" ? `${source}` : `${vip} ${theirs}`;
        assert.equal(open.has(key), order.state === "ended");
        if (order.state === "begun") open.add(key);
        else open.delete(key);
      }
      assert.deepEqual([...open], []);
    }),
  );
});

test("a proof ends once, within 2.4 s, whatever its neighbour does", () => {
  const answer = fc.constantFrom<LoopFact>(
    { kind: "neighbour-found" },
    { kind: "echo-heard", to: "own" },
    { kind: "echo-heard", to: "virtual" },
  );
  const answers = fc.array(fc.tuple(fc.nat({ max: 900 }), answer), { maxLength: 12 });
  fc.assert(
    fc.property(answers, fc.boolean(), (facts, hasOwn) => {
      const machine = new LoopProof(hasOwn);
      let nowMs = 0;
      const orders = machine.handle({ kind: "started" }, 0);
      for (const [gapMs, one] of [...facts, [3000, { kind: "neighbour-found" }] as const]) {
        const endMs = nowMs + gapMs;
        while (machine.deadlineMs <= endMs) {
          nowMs = machine.deadlineMs;
          orders.push(...machine.handle({ kind: "timer-expired" }, nowMs));
        }
        nowMs = endMs;
        orders.push(...machine.handle(one, nowMs));
      }
      const ends = orders.flatMap((order) => (order.kind === "finish" ? [order.outcome] : []));
      assert.equal(ends.length, 1);
      assert.ok((ends[0]?.tookMs ?? 9999) <= 2400 && (ends[0]?.sends ?? 9) <= 4);
      assert.equal(orders.at(-1)?.kind, "finish");
    }),
  );
});
