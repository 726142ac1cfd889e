import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpBytes } from "../../../src/core/addr.ts";
import { LookUps } from "../../../src/io/look-ups.ts";

const never = new AbortController().signal;

/** A name server that answers when the test says so. */
function slowServer(most: number) {
  const asked: string[] = [];
  const answer = new Map<string, (ips: IpBytes[]) => void>();
  const lookUps = new LookUps((name) => {
    asked.push(name);
    return new Promise((resolve) => answer.set(name, resolve));
  }, most);
  return { asked, answer, lookUps };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a name is asked once at a time, whoever gave up waiting for it", async () => {
  const { asked, answer, lookUps } = slowServer(9);
  const stop = new AbortController();
  const first = lookUps.find("hang.test", 4, stop.signal);
  await turn();
  stop.abort();
  await assert.rejects(first, (error) => error === stop.signal.reason);
  const second = lookUps.find("hang.test", 4, never);
  const other = lookUps.find("hang.test", 6, never);
  await turn();
  assert.deepEqual(asked, ["hang.test", "hang.test"], "one for each family");
  answer.get("hang.test")?.([]);
  await other;
  void second.catch(() => {});
});

test("what was answered is asked anew the next time", async () => {
  const { asked, answer, lookUps } = slowServer(9);
  for (const n of [1, 2]) {
    const found = lookUps.find("up.test", 4, never);
    await turn();
    answer.get("up.test")?.([Uint8Array.of(10, 0, 0, n)]);
    assert.deepEqual(await found, [Uint8Array.of(10, 0, 0, n)]);
  }
  assert.deepEqual(asked, ["up.test", "up.test"]);
});

test("so many at once; a turn comes when one is done, and nobody's turn is passed over", async () => {
  const { asked, answer, lookUps } = slowServer(2);
  const stop = new AbortController();
  const [a, b, , d] = ["a", "b", "c", "d"].map((name) =>
    lookUps.find(name, 4, name === "c" ? stop.signal : never).catch(() => undefined),
  );
  await turn();
  assert.deepEqual(asked, ["a", "b"]);
  stop.abort(); // nobody wants c any more
  await turn();
  answer.get("a")?.([]);
  await a;
  await turn();
  assert.deepEqual(asked, ["a", "b", "d"]);
  answer.get("d")?.([]);
  answer.get("b")?.([]);
  await Promise.all([b, d]);
});

test("a refusal reaches all who wait, and frees the place", async () => {
  const lookUps = new LookUps(async (name) => {
    throw new Error(name);
  }, 1);
  const refused = ["a", "a", "b"].map((name) => lookUps.find(name, 4, never));
  assert.deepEqual(
    (await Promise.allSettled(refused)).map(({ status }) => status),
    ["rejected", "rejected", "rejected"],
  );
});
