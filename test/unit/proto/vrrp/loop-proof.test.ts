import assert from "node:assert/strict";
import { test } from "node:test";
import { type LoopFact, type LoopOrder, LoopProof } from "../../../../src/proto/vrrp/loop-proof.ts";

const FOUND: LoopFact = { kind: "neighbour-found" };
const ANSWERED: LoopFact = { kind: "echo-heard", to: "virtual" };
const OWN_ANSWERED: LoopFact = { kind: "echo-heard", to: "own" };

/** What is ordered when a neighbour does what `reply` says to each order. */
function run(reply: (order: string) => LoopFact | undefined, hasOwn = true): string[] {
  const machine = new LoopProof(hasOwn);
  const told: string[] = [];
  let facts: LoopFact[] = [{ kind: "started" }];
  let nowMs = 0;
  const note = (orders: readonly LoopOrder[]): void => {
    for (const order of orders) {
      const words = wordsOf(order);
      told.push(words);
      const fact = reply(words);
      if (fact !== undefined) facts.push(fact);
    }
  };
  while (facts.length > 0 || machine.deadlineMs < Number.POSITIVE_INFINITY) {
    const due = facts;
    facts = [];
    for (const fact of due) note(machine.handle(fact, nowMs));
    if (due.length > 0) nowMs += 10;
    else {
      nowMs = machine.deadlineMs;
      note(machine.handle({ kind: "timer-expired" }, nowMs));
    }
  }
  return told;
}

function wordsOf(order: LoopOrder): string {
  switch (order.kind) {
    case "ask":
      return "ask";
    case "echo":
      return `echo ${order.from}`;
    case "announce":
      return order.way;
    case "finish": {
      const { verdict, sends, tookMs, tried } = order.outcome;
      return [verdict, sends, tookMs, ...tried].join(" ");
    }
  }
}

test("a neighbour that answers where we are is asked once", () => {
  const orders = run((order) =>
    order === "ask" ? FOUND : order === "echo virtual" ? ANSWERED : undefined,
  );
  assert.deepEqual(orders, ["ask", "echo virtual", "answers 1 20"]);
});

test("one that learns from the other form of announcement answers the second time", () => {
  let learned = false;
  const orders = run((order) => {
    learned ||= order === "other-form";
    if (order === "ask") return FOUND;
    return order === "echo virtual" && learned ? ANSWERED : undefined;
  });
  assert.deepEqual(orders, [
    "ask",
    "echo virtual",
    "other-form",
    "ask",
    "echo virtual",
    "answers 2 600 other-form",
  ]);
});

test("one that answers the host and not the address is astray, after all that can be tried", () => {
  const orders = run((order) => ({ ask: FOUND, "echo own": OWN_ANSWERED })[order]);
  assert.deepEqual(orders.slice(5), [
    "unicast",
    "ask",
    "echo virtual",
    "rarp",
    "ask",
    "echo virtual",
    "echo own",
    "astray 4 2400 other-form unicast rarp",
  ]);
});

test("one that answers no echo request at all is not accused of anything", () => {
  const orders = run((order) => (order === "ask" ? FOUND : undefined));
  assert.equal(orders.at(-1), "no-echo 4 2400 other-form unicast rarp");
  const owner = run((order) => (order === "ask" ? FOUND : undefined), false);
  assert.ok(!owner.includes("echo own"));
  assert.equal(owner.at(-1), "no-echo 4 2400 other-form unicast rarp");
});

test("one that is not there is told as silent, and nothing is sent to it alone", () => {
  const orders = run(() => undefined);
  assert.equal(orders.at(-1), "silent 4 2400 other-form rarp");
  assert.ok(!orders.some((order) => order.startsWith("echo")));
});

test("what comes after the end, or before the start, is nothing", () => {
  const machine = new LoopProof(true);
  machine.handle({ kind: "started" }, 0);
  assert.equal(machine.handle(ANSWERED, 5).length, 1);
  assert.deepEqual(machine.handle(FOUND, 6), []);
  assert.deepEqual(machine.handle({ kind: "timer-expired" }, 10_000), []);
  assert.equal(machine.deadlineMs, Number.POSITIVE_INFINITY);
});
