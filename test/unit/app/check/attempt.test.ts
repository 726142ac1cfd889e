import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attempt, attempt, type Prober } from "../../../../src/app/check/attempt.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import type { CheckFinding } from "../../../../src/proto/check/result.ts";
import { good } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const proberOf = (probe: (run: Attempt) => Promise<CheckFinding>): Prober<string> => ({
  nameOf: (target) => target,
  probe: (_target, run) => probe(run),
  close: () => {},
});

const never = new AbortController().signal;
const silence = (run: Attempt): Promise<never> =>
  new Promise((_, reject) => run.signal.addEventListener("abort", () => reject(run.signal.reason)));

test("the time of each phase and of all is measured, and none is open when it is up", async () => {
  const clock = new FakeClock();
  const prober = proberOf(async (run) => {
    run.enter("dns");
    clock.freeze(5);
    run.enter("connect");
    clock.freeze(7);
    run.enter("dns");
    clock.freeze(1);
    return good;
  });
  const result = await attempt(prober, "web", 1000, clock, never);
  assert.deepEqual(result.phasesMs, { dns: 6, connect: 7 });
  assert.deepEqual([result.totalMs, result.phase, result.verdict], [13, null, "up"]);
  assert.equal(clock.pending, 0);
});

test("a refusal is judged by the phase in which it came", async () => {
  const prober = proberOf(async (run) => {
    run.enter("tls");
    throw new SystemError("read", "web", "ECONNRESET");
  });
  const result = await attempt(prober, "web", 1000, new FakeClock(), never);
  assert.deepEqual([result.class, result.phase], ["L6RSP", "tls"]);
});

test("at the deadline it ends, also where the prober does not heed its signal", async () => {
  for (const probe of [silence, () => new Promise<never>(() => {})]) {
    const clock = new FakeClock();
    let run: Attempt | undefined;
    const prober = proberOf((it) => {
      run = it;
      it.enter("answer");
      return probe(it);
    });
    const asked = attempt(prober, "web", 1000, clock, never);
    await clock.pass(1000);
    const result = await asked;
    assert.deepEqual([result.class, result.phase, result.totalMs], ["L7TOUT", "answer", 1000]);
    assert.equal(run?.signal.aborted, true, "it is told to let go");
    assert.equal(clock.pending, 0);
  }
});

test("what it throws once it was stopped is nobody's", async () => {
  const clock = new FakeClock();
  const prober = proberOf(async (run) => {
    await silence(run).catch(() => {});
    throw new Error("too late");
  });
  const asked = attempt(prober, "web", 10, clock, never);
  await clock.pass(20);
  assert.equal((await asked).verdict, "down");
});

test("a bug of a prober is no result", async () => {
  const prober = proberOf(async () => {
    throw new TypeError("bug");
  });
  await assert.rejects(attempt(prober, "web", 1000, new FakeClock(), never), TypeError);
});

test("when the user wants no more it ends at once, without a result", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const asked = attempt(proberOf(silence), "web", 1000, clock, stop.signal);
  stop.abort();
  await assert.rejects(asked, (error) => error === stop.signal.reason);
  assert.equal(clock.pending, 0);
});

test("one of several ways has its share of the time that is left", async () => {
  const clock = new FakeClock();
  const prober = proberOf(async (run) => {
    clock.freeze(200);
    const first = run.share(2);
    const whole = run.share(1);
    assert.equal(whole.signal, run.signal);
    await clock.pass(399);
    assert.equal(first.signal.aborted, false);
    await clock.pass(1);
    assert.equal(first.signal.aborted, true);
    first.end();
    const ended = run.share(2);
    ended.end();
    assert.equal(clock.pending, 1, "the deadline alone");
    return good;
  });
  await attempt(prober, "web", 1000, clock, never);
});
