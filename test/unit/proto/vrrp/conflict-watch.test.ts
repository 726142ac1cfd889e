import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ConflictFact,
  type ConflictOrder,
  ConflictWatch,
} from "../../../../src/proto/vrrp/conflict-watch.ts";

const VIP = "10.0.0.100";
const THEIRS = "02:00:00:00:00:03";
const OTHERS = "02:00:00:00:00:04";
const claim = (mac = THEIRS, vip = VIP): ConflictFact => ({ kind: "claim-heard", vip, mac });
const rival = (outranksUs = false, mac = THEIRS): ConflictFact => ({
  kind: "rival-heard",
  source: "10.0.0.3",
  mac,
  adverIntervalMs: 1000,
  outranksUs,
});

/** A master since 0, with virtual time. */
class Run {
  readonly machine = new ConflictWatch(1000);
  nowMs = 0;
  readonly #told: string[] = [];

  constructor() {
    this.feed({ kind: "took-over" });
  }

  feed(fact: ConflictFact): this {
    this.#note(this.machine.handle(fact, this.nowMs));
    return this;
  }

  pass(ms: number): this {
    const endMs = this.nowMs + ms;
    while (this.machine.deadlineMs <= endMs) {
      this.nowMs = this.machine.deadlineMs;
      this.#note(this.machine.handle({ kind: "timer-expired" }, this.nowMs));
    }
    this.nowMs = endMs;
    return this;
  }

  /** `MS ORDER` of each order since the last look. */
  take(): string[] {
    return this.#told.splice(0);
  }

  #note(orders: readonly ConflictOrder[]): void {
    for (const order of orders) this.#told.push(`${this.nowMs} ${wordsOf(order)}`);
  }
}

function wordsOf(order: ConflictOrder): string {
  if (order.kind !== "report-conflict") return order.kind;
  const { kind, vip, source, count } = order.conflict;
  return `${kind} ${order.state} ${vip ?? source} ${count}`;
}

test("it asks once after a takeover and then each minute, and is quiet while nobody answers", () => {
  const run = new Run();
  assert.deepEqual(run.pass(121_000).take(), ["1000 ask", "61000 ask", "121000 ask"]);
});

test("one claim is answered and told; asked again, nobody says so: that was all", () => {
  const run = new Run().pass(10_000);
  run.take();
  assert.deepEqual(run.feed(claim()).take(), ["10000 announce", "10000 report-claim"]);
  assert.deepEqual(run.pass(5000).take(), ["10500 ask", "11500 ask", "12500 ask", "13500 ask"]);
  assert.equal(run.machine.conflicts.length, 0);
});

test("a claim that goes on is a conflict, until nobody has claimed the address for 3.5 s", () => {
  const run = new Run().pass(10_000);
  run.feed(claim()).pass(100).feed(claim());
  assert.equal(run.machine.conflicts.length, 0, "a burst is one claim");
  run.take();
  run.pass(400).feed(claim());
  assert.deepEqual(run.take(), ["10500 ask", `10500 address-conflict begun ${VIP} 3`]);
  const [conflict] = run.machine.conflicts;
  assert.deepEqual([conflict?.mac, conflict?.sinceMs, conflict?.lastMs], [THEIRS, 10_000, 10_500]);
  const later = run.pass(5000).take();
  assert.ok(later.includes("14000 address-conflict ended 10.0.0.100 3"), later.join());
  assert.equal(run.machine.conflicts.length, 0);
});

test("a host that was there before us and says nothing of itself is found by asking", () => {
  const run = new Run().pass(1000);
  run.pass(1).feed(claim()); // the answer
  run.take();
  run.pass(500).feed(claim());
  assert.deepEqual(run.take(), ["1501 ask", `1501 address-conflict begun ${VIP} 2`]);
});

test("a second master is one that goes on after our next advert", () => {
  const run = new Run().pass(500);
  run.feed(rival()).pass(1000).feed(rival());
  assert.equal(run.machine.conflicts.length, 0, "it may have spoken before it heard us");
  run.take();
  run.pass(1000).feed(rival());
  assert.deepEqual(run.take().slice(-2), ["2500 second-master begun 10.0.0.3 3", "2500 announce"]);
  assert.ok(run.pass(10_000).take().includes("6000 second-master ended 10.0.0.3 3"));
});

test("a master of a long interval is not over before it could have spoken again", () => {
  const run = new Run();
  const slow: ConflictFact = { ...rival(), adverIntervalMs: 10_000 } as ConflictFact;
  run.feed(slow).pass(10_000).feed(slow);
  assert.equal(run.machine.conflicts.length, 1);
  run.pass(20_000);
  assert.equal(run.machine.conflicts.length, 1);
  run.pass(15_001);
  assert.equal(run.machine.conflicts.length, 0);
});

test("what a second master says of the addresses is no conflict beside it", () => {
  const run = new Run().feed(claim()).feed(rival());
  for (let n = 0; n < 5; n++) run.pass(1000).feed(claim()).feed(rival());
  assert.deepEqual(
    run.machine.conflicts.map(({ kind }) => kind),
    ["second-master"],
  );
});

test("clients of a better master are left to it", () => {
  const run = new Run().feed(rival(true));
  for (let n = 0; n < 5; n++) run.pass(1000).feed(rival(true)).feed(claim());
  assert.ok(!run.take().some((line) => line.endsWith("announce")));
  assert.equal(run.machine.conflicts.length, 1);
});

test("what a better master claims before its first advert is not answered after it", () => {
  const run = new Run().feed(claim()).pass(100).feed(claim()).pass(100);
  run.take();
  run.feed(rival(true)).pass(900).feed(rival(true)).pass(1000);
  assert.ok(!run.take().some((line) => line.endsWith("announce")));
  const besideAnother = new Run().feed(claim()).feed(claim(OTHERS)).feed(rival(true)).pass(2000);
  assert.ok(besideAnother.take().includes("1000 announce"));
});

test("who forges senders fills no memory and makes no storm", () => {
  const run = new Run();
  for (let n = 0; n < 10_000; n++) {
    run.feed(claim(`02:00:00:00:${(n >> 8).toString(16)}:${(n & 255).toString(16)}`)).pass(1);
  }
  const orders = run.take();
  assert.ok(orders.filter((line) => line.endsWith("announce")).length <= 5);
  assert.ok(orders.length < 100, `${orders.length}`);
});

test("who is no master any more has no conflicts, and says that they ended", () => {
  const run = new Run().feed(claim()).pass(600).feed(claim());
  run.take();
  assert.deepEqual(run.feed({ kind: "released" }).take(), [`600 address-conflict ended ${VIP} 2`]);
  assert.deepEqual(run.feed(claim()).pass(100_000).take(), []);
  assert.equal(run.machine.deadlineMs, Number.POSITIVE_INFINITY);
});
