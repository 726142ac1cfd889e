import assert from "node:assert/strict";
import { test } from "node:test";
import type { Prober } from "../../../../src/app/check/attempt.ts";
import { type WatchPlan, watchAll, watchedOf } from "../../../../src/app/check/watch.ts";
import { bad, good, scripted } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const HEALTH = {
  rise: 1,
  fall: 2,
  intervalMs: 100,
  fastIntervalMs: 20,
  downIntervalMs: 50,
  jitterShare: 0,
};
const PLAN: WatchPlan = {
  timeoutMs: 1000,
  retries: 0,
  retryDelayMs: 10,
  concurrency: 8,
  health: HEALTH,
  until: null,
};

function start(
  prober: Prober<string>,
  targets: readonly string[],
  given: Partial<WatchPlan> = {},
  random = 0.5,
) {
  const [clock, stop, plan] = [new FakeClock(), new AbortController(), { ...PLAN, ...given }];
  const startMs = clock.nowMs();
  const told: string[] = [];
  const asked: number[] = [];
  const watched = watchedOf(targets, plan, clock);
  const end = watchAll(watched, prober, plan, clock, () => random, stop.signal, {
    onResult: (one, _result, change) => {
      asked.push(clock.nowMs() - startMs);
      if (change !== undefined)
        told.push(`${one.target} ${change.from}>${change.to} at ${clock.nowMs() - startMs}`);
    },
  });
  end.catch(() => {});
  return { clock, stop, told, asked, watched, end };
}

test("each is asked again after its interval, faster while in doubt, at another pace while down", async () => {
  const run = start(
    scripted((_, nth) => (nth >= 3 && nth <= 5 ? bad : good)),
    ["a"],
  );
  await run.clock.pass(400);
  run.stop.abort();
  assert.equal(await run.end, false);
  assert.deepEqual(run.asked, [0, 100, 200, 220, 270, 320]);
  assert.deepEqual(run.told, ["a unknown>up at 0", "a up>down at 220", "a down>up at 320"]);
  assert.equal(run.watched[0]?.tally.outages, 1);
  assert.equal(run.clock.pending, 0);
});

test("the first checks are spread over an interval", async () => {
  const run = start(
    scripted(() => good),
    ["a", "b", "c", "d"],
  );
  await run.clock.pass(99);
  assert.deepEqual(run.asked, [0, 25, 50, 75]);
  run.stop.abort();
  await run.end;
});

test("an interval is shorter or longer at random", async () => {
  const run = start(
    scripted(() => good),
    ["a"],
    { health: { ...HEALTH, jitterShare: 0.2 } },
    0,
  );
  await run.clock.pass(170);
  assert.deepEqual(run.asked, [0, 80, 160]);
  run.stop.abort();
  await run.end;
});

test("a target never overlaps itself, and is due at once where a check took longer than its interval", async () => {
  const clock = new FakeClock();
  let open = 0;
  const prober: Prober<string> = {
    ...scripted(() => good),
    async probe(_target, run) {
      open += 1;
      assert.equal(open, 1);
      await new Promise((resolve) => run.signal.addEventListener("abort", resolve));
      open -= 1;
      return good;
    },
  };
  void clock;
  const run = start(prober, ["a"], { timeoutMs: 250 });
  await run.clock.pass(600);
  assert.deepEqual(run.asked, [250, 500]);
  run.stop.abort();
  await run.end;
});

test("no more are asked at once than there is room for; who waits is asked in order", async () => {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const prober: Prober<string> = {
    ...scripted(() => good),
    probe: (target) => {
      asked.push(target);
      return new Promise((resolve) => waiting.push(() => resolve(good)));
    },
  };
  const run = start(prober, ["a", "b", "c"], { concurrency: 1 });
  await run.clock.pass(80);
  assert.deepEqual(asked, ["a"]);
  waiting.shift()?.();
  await run.clock.pass(1);
  assert.deepEqual(asked, ["a", "b"]);
  run.stop.abort();
  await run.end;
  assert.equal(run.clock.pending, 0);
});

test("until each was up so often in a row, all at the same time", async () => {
  const prober = scripted((target, nth) => (target === "b" && nth === 2 ? bad : good));
  const run = start(prober, ["a", "b"], { until: { verdict: "up", times: 2 } });
  await run.clock.pass(1000);
  assert.equal(await run.end, true);
  assert.deepEqual(prober.asked.filter((target) => target === "b").length, 4);
  assert.equal(run.clock.pending, 0);
});

test("until it is down", async () => {
  const run = start(
    scripted((_, nth) => (nth > 2 ? bad : good)),
    ["a"],
    { until: { verdict: "down", times: 3 } },
  );
  await run.clock.pass(1000);
  assert.equal(await run.end, true);
  assert.equal(run.watched[0]?.tally.sent, 5);
});

test("a bug of a prober ends the watch, and lets go of the others", async () => {
  const run = start(
    scripted(() => {
      throw new TypeError("bug");
    }),
    ["a", "b"],
  );
  await run.clock.pass(1);
  await assert.rejects(run.end, TypeError);
  assert.equal(run.clock.pending, 0);
});

test("who stops before it begins asks nobody", async () => {
  const prober = scripted(() => good);
  const stop = AbortSignal.abort();
  const clock = new FakeClock();
  const watched = watchedOf(["a"], PLAN, clock);
  assert.equal(
    await watchAll(watched, prober, PLAN, clock, () => 0, stop, { onResult: () => {} }),
    false,
  );
  assert.deepEqual(prober.asked, []);
});
