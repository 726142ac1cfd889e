import assert from "node:assert/strict";
import { test } from "node:test";
import type { Prober } from "../../../../src/app/check/attempt.ts";
import { type WatchPlan, watchAll, watchedOf } from "../../../../src/app/check/watch.ts";
import { SystemError } from "../../../../src/core/errors.ts";
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
  count: Number.POSITIVE_INFINITY,
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
    onUntold: ({ code }) => told.push(`untold: ${code}`),
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
      await new Promise<void>((resolve) => run.signal.addEventListener("abort", resolve));
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
    await watchAll(watched, prober, PLAN, clock, () => 0, stop, {
      onResult: () => {},
      onUntold: () => {},
    }),
    false,
  );
  assert.deepEqual(prober.asked, []);
});

const SLOW = { ...HEALTH, fall: 1, intervalMs: 60_000, downIntervalMs: 60_000 };

/** A prober that tells of changes: `tell` is the kernel's part. */
function telling(prober: Prober<string>) {
  const listeners = new Set<() => void>();
  const changes = (onChange: () => void) => {
    listeners.add(onChange);
    return { close: () => void listeners.delete(onChange) };
  };
  const tell = () => {
    for (const onChange of listeners) onChange();
  };
  return { ...prober, changes, listeners, tell };
}

test("a change that is told is looked at at once, and not all the time", async () => {
  let answer = good;
  const prober = telling(scripted(() => answer));
  const run = start(prober, ["a"], { health: SLOW });
  await run.clock.pass(1000);
  answer = bad;
  prober.tell();
  await run.clock.pass(30);
  answer = good;
  for (let told = 0; told < 50; told += 1) prober.tell();
  await run.clock.pass(1000);
  assert.deepEqual(run.told, ["a unknown>up at 0", "a up>down at 1000", "a down>up at 1100"]);
  run.stop.abort();
  await run.end;
  assert.equal(prober.listeners.size, 0);
  assert.equal(run.clock.pending, 0);
});

test("what changes while one is being asked is looked at once more", async () => {
  const waiting: (() => void)[] = [];
  const prober = telling({
    ...scripted(() => good),
    probe: () => new Promise((resolve) => waiting.push(() => resolve(good))),
  });
  const run = start(prober, ["a"], { health: SLOW });
  await run.clock.pass(1);
  prober.tell();
  waiting.shift()?.();
  await run.clock.pass(200);
  assert.equal(waiting.length, 1);
  waiting.shift()?.();
  await run.clock.pass(200);
  assert.equal(waiting.length, 0);
  run.stop.abort();
  await run.end;
});

test("a look that takes long is not taken more often than for a tenth of the time", async () => {
  let asked = 0;
  let tookMs = async (_ms: number): Promise<void> => {};
  const prober = telling({
    ...scripted(() => good),
    async probe() {
      asked += 1;
      await tookMs(50);
      return good;
    },
  });
  const run = start(prober, ["a"], { health: SLOW });
  const { clock } = run;
  tookMs = (ms) => new Promise((resolve) => clock.at(clock.nowMs() + ms, resolve));
  for (let at = 0; at < 290; at += 1) {
    await run.clock.pass(10);
    prober.tell();
  }
  assert.equal(asked, 6);
  run.stop.abort();
  await run.end;
});

test("a look during which all stood still does not defer the next one", async () => {
  const waiting: (() => void)[] = [];
  const prober = telling({
    ...scripted(() => good),
    probe: () => new Promise((resolve) => waiting.push(() => resolve(good))),
  });
  const run = start(prober, ["a"], { health: SLOW, timeoutMs: 60_000 });
  await run.clock.pass(1);
  run.clock.freeze(30_000);
  waiting.shift()?.();
  await run.clock.pass(1);
  prober.tell();
  await run.clock.pass(1);
  assert.equal(waiting.length, 1);
  waiting.shift()?.();
  run.stop.abort();
  await run.end;
});

test("what is told out of turn counts neither for rise and fall nor for until, unless it is new", async () => {
  const prober = telling(scripted((_, nth) => (nth === 1 ? good : bad)));
  const run = start(prober, ["a"], {
    health: { ...SLOW, fall: 3, intervalMs: 1000, fastIntervalMs: 1000, downIntervalMs: 1000 },
    until: { verdict: "down", times: 4 },
  });
  await run.clock.pass(500);
  for (let at = 0; at < 40; at += 1) {
    prober.tell();
    await run.clock.pass(100);
  }
  assert.deepEqual(run.asked, [0, 500, 1500, 2500, 3500]);
  assert.deepEqual(run.told, ["a unknown>up at 0", "a up>down at 2500"]);
  assert.equal(await run.end, true);
});

test("where changes cannot be told, that is said, and each is asked in its turn", async () => {
  const untold = () => {
    throw new SystemError("listen to", "proc connector", "EPERM");
  };
  const run = start({ ...scripted(() => good), changes: untold }, ["a"]);
  await run.clock.pass(250);
  assert.deepEqual(run.told, ["untold: EPERM", "a unknown>up at 0"]);
  assert.deepEqual(run.asked, [0, 100, 200]);
  run.stop.abort();
  await run.end;
});
