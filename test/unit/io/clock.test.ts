import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { SystemClock } from "../../../src/io/clock.ts";

const MODULE = new URL("../../../src/io/clock.js", import.meta.url).href;

/** Runs all timers of a program of its own to the end; what it printed. */
const runAlone = (code: string): string =>
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { SystemClock } from "${MODULE}"; const clock = new SystemClock(); ${code}`,
    ],
    { encoding: "utf8" },
  );

test("timers run in the order of their deadlines, equal ones in the order of their making", async () => {
  const clock = new SystemClock();
  const startMs = clock.nowMs();
  const ran: string[] = [];
  await new Promise<void>((done) => {
    clock.at(startMs + 3, () => ran.push("c1"));
    clock.at(startMs + 1, () => ran.push("b"));
    clock.at(startMs + 3, () => ran.push("c2"));
    clock.at(startMs + 4, done);
    clock.at(startMs + 0.25, () => ran.push("a"));
  });
  assert.deepEqual(ran, ["a", "b", "c1", "c2"]);
});

test("a timer never runs before its deadline, not even by a fraction of a millisecond", async () => {
  const clock = new SystemClock();
  for (let round = 0; round < 300; round++) {
    const deadlineMs = clock.nowMs() + round / 97;
    const ranMs = await new Promise<number>((done) =>
      clock.at(deadlineMs, () => done(clock.nowMs())),
    );
    assert.ok(ranMs >= deadlineMs, `${deadlineMs - ranMs} ms early`);
  }
});

test("a deadline in the past runs in a later turn, also one that a timer makes", async () => {
  const clock = new SystemClock();
  const ran: string[] = [];
  await new Promise<void>((done) => {
    clock.at(-1, () => {
      ran.push("first");
      clock.at(0, () => {
        ran.push("made by first");
        done();
      });
      setImmediate(() => ran.push("turn over"));
    });
    ran.push("still this turn");
  });
  assert.deepEqual(ran, ["still this turn", "first", "turn over", "made by first"]);
});

test("a cancelled timer does not run, also when it was due already", async () => {
  const clock = new SystemClock();
  const deadlineMs = clock.nowMs() + 1;
  const ran: string[] = [];
  await new Promise<void>((done) => {
    const cancelFirst = clock.at(deadlineMs - 1, () => ran.push("cancelled at once"));
    clock.at(deadlineMs, () => {
      cancelSecond();
      cancelSecond();
    });
    const cancelSecond = clock.at(deadlineMs, () => ran.push("cancelled by the one before"));
    clock.at(deadlineMs, done);
    cancelFirst();
  });
  assert.deepEqual(ran, []);
});

test("a timer that was cancelled after it ran takes no other with it", async () => {
  const clock = new SystemClock();
  const cancel = await new Promise<() => void>((done) => {
    const first = clock.at(0, () => done(first));
  });
  await new Promise<void>((done) => {
    clock.at(clock.nowMs() + 1, done);
    cancel();
  });
});

test("a pending timer keeps the process alive, a cancelled one does not", () => {
  assert.equal(runAlone(`clock.at(clock.nowMs() + 20, () => console.log("ran"));`), "ran\n");
  assert.equal(runAlone(`clock.at(clock.nowMs() + 1e9, () => console.log("ran"))();`), "");
});

test("a timer that throws does not keep the others from running", () => {
  const code = `
    process.on("uncaughtException", (error) => console.log("caught", error.message));
    clock.at(0, () => { throw new Error("first"); });
    clock.at(0, () => console.log("second"));`;
  assert.equal(runAlone(code), "caught first\nsecond\n");
});

test("a deadline that is no time is a caller's bug", () => {
  const clock = new SystemClock();
  for (const deadlineMs of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => clock.at(deadlineMs, () => {}), RangeError);
  }
});

test("promises that a timer settles are heard in its own turn", async () => {
  const clock = new SystemClock();
  const ran: string[] = [];
  await new Promise<void>((done) => {
    clock.at(0, () => {
      setImmediate(() => {
        ran.push("turn over");
        done();
      });
      Promise.resolve().then(() => ran.push("promise"));
    });
  });
  assert.deepEqual(ran, ["promise", "turn over"]);
});

test("of thousands the one that is cancelled never runs, and the others do, in their order", async () => {
  const clock = new SystemClock();
  const deadlineMs = clock.nowMs() + 5;
  const ran: number[] = [];
  await new Promise<void>((resolve) => {
    const cancels = Array.from({ length: 3000 }, (_, n) =>
      clock.at(deadlineMs + (n % 3), () => ran.push(n)),
    );
    for (const [n, cancel] of cancels.entries()) if (n % 2 === 0) cancel();
    clock.at(deadlineMs + 3, resolve);
  });
  const wanted = Array.from({ length: 1500 }, (_, n) => 2 * n + 1);
  assert.deepEqual(
    ran,
    wanted.toSorted((a, b) => (a % 3) - (b % 3) || a - b),
  );
});
