/** The driver: one timer for the machine's deadline, facts in order, time that never runs backwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drive } from "../../../src/io/drive.ts";
import { NEVER, type TimerExpired } from "../../../src/proto/machine.ts";
import { FakeClock } from "../../support/fake-clock.ts";

type Fact = { readonly kind: "poked"; readonly name: string };

/** Asks for a timer 100 ms after each poke and orders what it was poked with. */
class Recorder {
  deadlineMs = NEVER;
  readonly log: [nowMs: number, what: string][] = [];

  handle(fact: Fact | TimerExpired, nowMs: number): string[] {
    const what = fact.kind === "poked" ? fact.name : fact.kind;
    this.log.push([nowMs, what]);
    this.deadlineMs = fact.kind === "poked" ? nowMs + 100 : NEVER;
    return [what];
  }
}

const poke = (name: string): Fact => ({ kind: "poked", name });

function driven(perform: (order: string) => void = () => {}) {
  const [machine, clock] = [new Recorder(), new FakeClock()];
  return { machine, clock, driver: drive(machine, clock, perform) };
}

test("orders behind one that has failed are void, those of the next fact are not", () => {
  const done: string[] = [];
  const machine = { deadlineMs: NEVER, handle: (fact: Fact | TimerExpired) => ordersOf(fact) };
  const ordersOf = (fact: Fact | TimerExpired): string[] =>
    fact.kind === "poked" ? [`${fact.name}1`, `${fact.name}2`, `${fact.name}3`] : [];
  const driver = drive(machine, new FakeClock(), (order: string) => {
    done.push(order);
    if (order !== "a2") return;
    driver.dropOrders();
    driver.feed(poke("b"));
  });
  driver.feed(poke("a"));
  assert.deepEqual(done, ["a1", "a2", "b1", "b2", "b3"]);
});

test("the timer follows the latest deadline and fires once", async () => {
  const { machine, clock, driver } = driven();
  driver.feed(poke("a"));
  await clock.pass(60);
  driver.feed(poke("b"));
  await clock.pass(1000);
  const start = machine.log[0]?.[0] ?? Number.NaN;
  assert.deepEqual(
    machine.log.map(([nowMs, what]) => [nowMs - start, what]),
    [
      [0, "a"],
      [60, "b"],
      [160, "timer-expired"],
    ],
  );
});

test("a fact that happened before now counts from when it happened", async () => {
  const { machine, clock, driver } = driven();
  await clock.pass(50);
  const nowMs = clock.nowMs();
  driver.feed(poke("late"), nowMs - 30);
  assert.equal(machine.deadlineMs, nowMs + 70);
});

test("the time of a machine never runs backwards", async () => {
  const { machine, clock, driver } = driven();
  await clock.pass(50);
  const nowMs = clock.nowMs();
  driver.feed(poke("now"));
  driver.feed(poke("earlier"), nowMs - 30);
  assert.deepEqual(machine.log, [
    [nowMs, "now"],
    [nowMs, "earlier"],
  ]);
});

test("facts that arise while orders are carried out wait until the last is done", () => {
  const done: string[] = [];
  const { driver } = driven((order) => {
    if (order === "first") driver.feed(poke("second"));
    done.push(order);
  });
  driver.feed(poke("first"));
  assert.deepEqual(done, ["first", "second"]);
});

test("after stop nothing is fed and no timer is left", async () => {
  const { machine, clock, driver } = driven();
  driver.feed(poke("a"));
  driver.stop();
  driver.feed(poke("b"));
  await clock.pass(1000);
  assert.equal(machine.log.length, 1);
  assert.equal(clock.pending, 0);
});
