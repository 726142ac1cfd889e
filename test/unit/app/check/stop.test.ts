/** A Stop tells each who waits once, in their order, and those who have left not at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stop } from "../../../../src/app/check/stop.ts";

test("who waits is told once, who has left is not", () => {
  const stop = new Stop();
  const told: string[] = [];
  const left = (): void => void told.push("left");
  stop.addEventListener("abort", () => told.push("first"));
  stop.addEventListener("abort", left);
  stop.addEventListener("abort", () => told.push("last"));
  stop.removeEventListener("abort", left);
  assert.equal(stop.aborted, false);
  stop.throwIfAborted();
  stop.abort();
  stop.abort();
  assert.deepEqual(told, ["first", "last"]);
  assert.throws(
    () => stop.throwIfAborted(),
    (error) => error === stop.reason,
  );
});

test("one who leaves while the others are told changes nothing for them", () => {
  const stop = new Stop();
  const told: string[] = [];
  const second = (): void => void told.push(`second, stopped: ${stop.aborted}`);
  stop.addEventListener("abort", () => stop.removeEventListener("abort", second));
  stop.addEventListener("abort", second);
  stop.abort();
  assert.deepEqual(told, ["second, stopped: true"]);
});
