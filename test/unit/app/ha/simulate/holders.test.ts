import assert from "node:assert/strict";
import { test } from "node:test";
import { EventQueue } from "../../../../../src/app/ha/simulate/event-queue.ts";
import { AddressHistory, totalMs } from "../../../../../src/app/ha/simulate/holders.ts";

function history() {
  const queue = new EventQueue();
  const address = new AddressHistory("10.0.0.100", queue);
  const holder = (name: string) => ({ host: { name }, holds: false, isReachable: true });
  const [a, b] = [holder("a"), holder("b")];
  address.add(a);
  address.add(b);
  const note = (atMs: number, change: () => void): void => {
    queue.runUntil(atMs);
    change();
    address.note();
  };
  return { queue, address, a, b, note };
}

test("nobody counts from the first holder on, and what is open counts up to now", () => {
  const { queue, address, a, note } = history();
  note(100, () => {});
  assert.deepEqual([address.firstHeldMs, address.nobody()], [null, []], "it was never held");
  note(200, () => (a.holds = true));
  note(500, () => (a.holds = false));
  queue.runUntil(900);
  assert.equal(address.firstHeldMs, 200);
  assert.deepEqual(address.nobody(), [{ fromMs: 500, toMs: 900 }]);
  assert.deepEqual(address.nobody(600), [{ fromMs: 600, toMs: 900 }], "of an event in between");
  note(1000, () => (a.holds = true));
  note(2000, () => (a.holds = false));
  queue.runUntil(2001);
  assert.equal(totalMs(address.nobody()), 501);
  assert.deepEqual(address.nobody(1000), [{ fromMs: 2000, toMs: 2001 }]);
});

test("a holder whom no client reaches is nobody to them, and still one of several", () => {
  const { queue, address, a, b, note } = history();
  note(0, () => (a.holds = true));
  note(100, () => (a.isReachable = false));
  note(300, () => (b.holds = true));
  queue.runUntil(400);
  assert.deepEqual(address.nobody(), [{ fromMs: 100, toMs: 300 }]);
  assert.deepEqual(address.several(), [{ fromMs: 300, toMs: 400 }]);
  assert.deepEqual([address.holders, address.isReached], [["a", "b"], true]);
});

test("what changes back in no time was no gap", () => {
  const { address, a, b, note } = history();
  note(0, () => (a.holds = true));
  note(100, () => (a.holds = false));
  note(100, () => (b.holds = true));
  assert.deepEqual([address.nobody(), address.several()], [[], []]);
});
