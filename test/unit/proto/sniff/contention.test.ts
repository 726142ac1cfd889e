/** The rules by which an onlooker concludes who is master, speaker by speaker. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Happening } from "../../../../src/proto/sniff/change.ts";
import { Contention } from "../../../../src/proto/sniff/contention.ts";
import type { Speaker } from "../../../../src/proto/sniff/speaker.ts";
import { A, B, C, type Said, START_MS, sniffed, speaker } from "../../../support/sniffed.ts";

/** Who contends: `says` is an advert, `tick` that time went on. Both give what happens, as text. */
class Segment {
  readonly contention = new Contention();
  readonly #speakers = new Map<string, Speaker>();

  says(atMs: number, source: string, said: Said = {}): string[] {
    const advert = { source, ...said };
    const one = this.#speakers.get(source) ?? speaker({ ...advert, atMs });
    this.#speakers.set(source, one);
    one.advert = sniffed(advert);
    const happenings = this.contention.speak(one, START_MS + atMs);
    one.hear(START_MS + atMs);
    return happenings.map(textOf);
  }

  tick(atMs: number): string[] {
    return this.contention.tick(this.#speakers.values(), START_MS + atMs).map(textOf);
  }

  get deadlineMs(): number {
    return this.contention.deadlineMs(this.#speakers.values()) - START_MS;
  }

  get masters(): string[] {
    return this.contention.masters.map(({ advert }) => advert.source);
  }
}

const textOf = ({ kind, ...rest }: Happening): string =>
  [kind, ...Object.values(rest).map((value) => value ?? "-")].join(" ");

const STRONG = { priority: 200 };
const WEAK = { priority: 90 };
const VIP = "10.0.0.100";

test("first: nobody was known before", () => {
  const segment = new Segment();
  assert.deepEqual(segment.says(0, A), [`new-master ${A} 100 ${VIP} first - -`]);
  assert.deepEqual(segment.says(1000, A), []);
  assert.deepEqual([segment.masters, segment.contention.takeovers], [[A], 0]);
});

test("preempt: the former one is weaker and was heard until now", () => {
  const segment = new Segment();
  segment.says(0, A);
  assert.deepEqual(segment.says(500, B, STRONG), [`new-master ${B} 200 ${VIP} preempt ${A} -`]);
  assert.deepEqual([segment.masters, segment.contention.takeovers], [[B], 1]);
});

test("preempt: of equal priority the higher address wins", () => {
  const segment = new Segment();
  segment.says(0, A);
  assert.match(`${segment.says(500, B)}`, /^new-master 10\.0\.0\.3 100 .* preempt/);
});

test("silence: the former one is overdue", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.says(1000, A);
  assert.deepEqual(segment.says(4609, B, WEAK), [`new-master ${B} 90 ${VIP} silence ${A} 3609`]);
  assert.deepEqual(segment.masters, [B]);
});

test("resigned: the former one gave up", () => {
  const segment = new Segment();
  segment.says(0, A);
  assert.deepEqual(segment.says(800, A, { priority: 0 }), [`resigned ${A}`]);
  assert.deepEqual(segment.masters, []);
  assert.deepEqual(segment.says(1400, B, WEAK), [`new-master ${B} 90 ${VIP} resigned ${A} 600`]);
  assert.deepEqual(segment.says(5600, C, WEAK), [`new-master ${C} 90 ${VIP} silence ${B} 4200`]);
});

test("who resigns and was no master says nothing new", () => {
  const segment = new Segment();
  segment.says(0, A);
  assert.deepEqual(segment.says(10, B, { priority: 0 }), []);
  assert.deepEqual(segment.masters, [A]);
});

test("a weaker one is a second master at once, for as long as both go on", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  assert.deepEqual(segment.says(100, B, WEAK), [`second-master ${B} 90 ${A}`]);
  assert.deepEqual(segment.says(1000, A, STRONG), []);
  assert.deepEqual(segment.says(1100, B, WEAK), []);
  assert.deepEqual([segment.masters, segment.contention.splits], [[A, B], 1]);
});

test("an advert that crosses that of its better is none of a second master; one after the grace time is", () => {
  for (const [afterMs, intervalMs, told] of [
    [100, 1000, []],
    [101, 1000, [`second-master ${A} 100 ${B}`]],
    [50, 100, []], // half an interval where that is shorter
    [51, 100, [`second-master ${A} 100 ${B}`]],
  ] as const) {
    const segment = new Segment();
    segment.says(0, A, { intervalMs });
    segment.says(90, B, { ...STRONG, intervalMs });
    assert.deepEqual(segment.says(90 + afterMs, A, { intervalMs }), told);
  }
});

test("one that yields in time is a master again only when it begins anew", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.says(500, B, STRONG);
  for (const atMs of [1500, 2500, 3500, 4500]) segment.says(atMs, B, STRONG);
  assert.deepEqual(segment.tick(4600), []); // it is forgotten that A had to yield
  assert.ok(segment.deadlineMs > 4600);
  assert.deepEqual(segment.says(4601, A), [`second-master ${A} 100 ${B}`]);
});

test("one group too many: no address in common", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  const told = segment.says(100, B, { addresses: ["10.0.0.7"] });
  assert.deepEqual(told, [`two-groups ${B} ${A}`]);
  assert.equal(segment.contention.splits, 1);
});

test("single again: the other one is silent for its master-down time", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  segment.says(1100, B, WEAK);
  segment.says(4000, A, STRONG);
  const limitMs = 1100 + 3000 + (255 * 1000) / 256;
  assert.equal(segment.deadlineMs, limitMs);
  assert.deepEqual(segment.tick(limitMs - 1), []);
  assert.deepEqual(segment.tick(limitMs), [`single-master ${A} ${B} 1000 ${limitMs - 1100}`]);
  assert.deepEqual(segment.masters, [A]);
});

test("single again: the other one resigns", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  assert.deepEqual(segment.says(600, B, { priority: 0 }), [
    `resigned ${B}`,
    `single-master ${A} ${B} 500 0`,
  ]);
});

test("single again: a third one, stronger than both, is heard by both", () => {
  const segment = new Segment();
  segment.says(0, A, { priority: 110 });
  segment.says(100, B, WEAK);
  assert.deepEqual(segment.says(600, C, STRONG), [
    `new-master ${C} 200 ${VIP} preempt ${A} -`,
    `single-master ${C} ${B} 0 500`,
  ]);
});

test("of three masters two are left: that is a split brain still", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  segment.says(200, C, WEAK);
  assert.deepEqual(segment.masters, [A, C, B]);
  assert.deepEqual(segment.says(300, C, { priority: 0 }), [`resigned ${C}`]);
  assert.equal(segment.contention.splits, 2);
  assert.deepEqual(segment.says(400, B, { priority: 0 }), [
    `resigned ${B}`,
    `single-master ${A} ${B} 300 0`,
  ]);
});

test("when the stronger one of two falls silent, the other one is the master that took over", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  segment.says(1000, A, STRONG);
  segment.says(3000, B, WEAK);
  assert.deepEqual(segment.tick(5000), [`single-master ${B} ${A} 900 4000`]);
  assert.equal(segment.contention.takeovers, 1);
});

test("priorities that change while two are master change which is the stronger", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  assert.deepEqual(segment.says(1000, A, { priority: 50 }), []);
  assert.deepEqual(segment.masters, [B, A]);
});

test("lost: nobody is heard until the weakest backup should have taken over", () => {
  const segment = new Segment();
  segment.says(0, A);
  const limitMs = 3000 + (255 * 1000) / 256;
  assert.equal(segment.deadlineMs, limitMs);
  assert.deepEqual(segment.tick(limitMs - 1), []);
  assert.deepEqual(segment.tick(limitMs), [`lost ${A} ${limitMs}`]);
  assert.deepEqual([segment.masters, segment.deadlineMs], [[], Number.POSITIVE_INFINITY]);
});

test("recovered: the same one again, master since it was before", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.tick(5000);
  assert.deepEqual(segment.says(7000, A), [`recovered ${A} 7000`]);
  const [master] = segment.contention.masters;
  assert.deepEqual([master?.claimedMs, segment.contention.takeovers], [START_MS, 0]);
  assert.deepEqual(segment.tick(11_999), [`lost ${A} 4999`]);
});

test("another one after a loss is a new master by silence", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.tick(5000);
  assert.deepEqual(segment.says(7000, B, WEAK), [`new-master ${B} 90 ${VIP} silence ${A} 7000`]);
  assert.equal(segment.contention.takeovers, 1);
});

test("one that comes again after it was forgotten is no takeover either", () => {
  const [segment, later] = [new Contention(), speaker({ atMs: 900_000 })];
  const before = speaker();
  segment.speak(before, START_MS);
  before.hear(START_MS);
  segment.tick([before], START_MS + 5000);
  assert.deepEqual(
    segment.speak(later, START_MS + 900_000).map(({ kind }) => kind),
    ["new-master"],
  );
  assert.equal(segment.takeovers, 0);
});

test("a loss is over when another one is master: who comes again behind that is new", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.tick(5000);
  segment.says(7000, B);
  segment.says(7100, B, { priority: 0 });
  assert.deepEqual(segment.says(7200, B), [`new-master ${B} 100 ${VIP} resigned ${B} 100`]);
});

test("where two masters fell silent, the stronger one is who was master before", () => {
  const segment = new Segment();
  segment.says(0, A, STRONG);
  segment.says(100, B, WEAK);
  assert.deepEqual(segment.says(9000, C), [`new-master ${C} 100 ${VIP} silence ${A} 9000`]);
});

test("who resigned and comes again is a new master, and no takeover", () => {
  const segment = new Segment();
  segment.says(0, A);
  segment.says(100, A, { priority: 0 });
  assert.deepEqual(segment.says(900, A), [`new-master ${A} 100 ${VIP} resigned ${A} 800`]);
  assert.equal(segment.contention.takeovers, 0);
});
