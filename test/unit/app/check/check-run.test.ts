import assert from "node:assert/strict";
import { test } from "node:test";
import type { Prober } from "../../../../src/app/check/attempt.ts";
import { type Checked, checkAll, type RunPlan } from "../../../../src/app/check/check-run.ts";
import { bad, good, lost, scripted } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const PLAN: RunPlan = {
  count: 1,
  intervalMs: 100,
  timeoutMs: 1000,
  retries: 0,
  retryDelayMs: 10,
  concurrency: 2,
};

function start(
  prober: Prober<string>,
  targets: readonly string[],
  plan: Partial<RunPlan> = {},
  untilMs = Number.POSITIVE_INFINITY,
) {
  const [clock, stop] = [new FakeClock(), new AbortController()];
  const done: Checked<string>[] = [];
  const whole = { ...PLAN, ...plan };
  const end = checkAll(targets, prober, whole, clock, stop.signal, untilMs, {
    onResult: () => {},
    onDone: (checked) => done.push(checked),
  });
  end.catch(() => {});
  return { clock, stop, done, end };
}

test("each target is checked so often, an interval apart", async () => {
  const prober = scripted(() => good);
  const run = start(prober, ["a", "b"], { count: 3 });
  await run.clock.pass(150);
  assert.deepEqual(prober.asked, ["a", "b", "a", "b"]);
  await run.clock.pass(50);
  await run.end;
  assert.deepEqual(
    run.done.map(({ place, tally }) => [place, tally.sent]),
    [
      [0, 3],
      [1, 3],
    ],
  );
});

test("no more are asked at once than there is room for, and a place is filled at once", async () => {
  const open = new Map<string, () => void>();
  const prober: Prober<string> = {
    ...scripted(() => good),
    probe: (target) => new Promise((resolve) => open.set(target, () => resolve(good))),
  };
  const run = start(prober, ["a", "b", "c", "d"]);
  await run.clock.pass(0);
  assert.deepEqual([...open.keys()], ["a", "b"]);
  open.get("b")?.();
  await run.clock.pass(1);
  assert.deepEqual([...open.keys()], ["a", "b", "c"]);
  for (const target of ["a", "c"]) open.get(target)?.();
  await run.clock.pass(1);
  open.get("d")?.();
  await run.end;
  assert.deepEqual(
    run.done.map(({ place }) => place).sort((a, b) => a - b),
    [0, 1, 2, 3],
  );
});

test("targets of the same name are two all the same", async () => {
  const run = start(
    scripted(() => good),
    ["a", "a"],
  );
  await run.end;
  assert.deepEqual(
    run.done.map(({ place }) => place),
    [0, 1],
  );
});

test("it is tried again until it is up, and counts once", async () => {
  const prober = scripted((_, nth) => (nth < 3 ? bad : good));
  const run = start(prober, ["a"], { retries: 5 });
  await run.clock.pass(20);
  await run.end;
  assert.deepEqual(
    [prober.asked.length, run.done[0]?.tally.sent, run.done[0]?.tally.up],
    [3, 1, 1],
  );
});

test("what is down after all tries is down, what cannot be asked is tried again too", async () => {
  for (const finding of [bad, lost]) {
    const prober = scripted(() => finding);
    const run = start(prober, ["a"], { retries: 2 });
    await run.clock.pass(20);
    await run.end;
    assert.equal(prober.asked.length, 3);
    assert.equal(run.done[0]?.tally.verdict, finding.verdict);
  }
});

test("when the end comes, what was checked by then is told, and nothing of the others", async () => {
  const prober = scripted(() => good);
  const run = start(prober, ["a", "b", "c"], { count: 10, concurrency: 2 });
  await run.clock.pass(250);
  run.stop.abort();
  await assert.rejects(run.end, (error) => error === run.stop.signal.reason);
  assert.deepEqual(
    run.done.map(({ place, tally }) => [place, tally.sent]),
    [
      [0, 3],
      [1, 3],
    ],
  );
  assert.equal(run.clock.pending, 0);
});

test("a bug of a prober ends the run", async () => {
  const run = start(
    scripted(() => {
      throw new TypeError("bug");
    }),
    ["a"],
  );
  await assert.rejects(run.end, TypeError);
});

test("what comes behind the end of the run does not count, though the end itself is late", async () => {
  let answer = (): void => {};
  const prober: Prober<string> = {
    ...scripted(() => good),
    probe: () =>
      new Promise((resolve) => {
        answer = () => resolve(good);
      }),
  };
  const run = start(prober, ["a"], {}, 100);
  await run.clock.pass(150); // stalled: nobody has aborted
  answer();
  await run.clock.pass(0);
  run.stop.abort();
  await assert.rejects(run.end, (error) => error === run.stop.signal.reason);
  assert.deepEqual(
    run.done.map(({ tally }) => [tally.sent, tally.verdict]),
    [[0, "unknown"]],
  );
});
