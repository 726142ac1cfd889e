import assert from "node:assert/strict";
import { test } from "node:test";
import { Leaving } from "../../../../src/proto/lvs/leaving.ts";
import { NEVER } from "../../../../src/proto/machine.ts";

const [A, B] = [{ label: "a" }, { label: "b" }];

function leavingFrom(longestMs: number): Leaving<{ readonly label: string }> {
  const leaving = new Leaving(longestMs);
  leaving.begin(A, 0);
  leaving.begin(B, 500);
  return leaving;
}

test("a server goes when it has no connections, and stays while nobody knows", () => {
  const leaving = leavingFrom(10_000);
  leaving.look((server) => (server === A ? null : 3), 1000);
  assert.deepEqual(leaving.all, [A, B]);
  leaving.look((server) => (server === A ? null : 0), 2000);
  assert.deepEqual(leaving.all, [A]);
});

test("it goes when its time is over, whatever it has", () => {
  const leaving = leavingFrom(10_000);
  leaving.look(() => 3, 10_000);
  assert.deepEqual(leaving.all, [B]);
});

test("it is looked each second, and when a time is over", () => {
  const leaving = leavingFrom(1200);
  assert.equal(leaving.nextMs(0), 1000);
  assert.equal(leaving.nextMs(1000), 1200);
  assert.equal(leaving.nextMs(1300), 1300);
  leaving.end("a");
  leaving.end("b");
  assert.equal(leaving.nextMs(1300), NEVER);
});

test("without a time none stays", () => {
  assert.deepEqual(leavingFrom(0).all, []);
});
