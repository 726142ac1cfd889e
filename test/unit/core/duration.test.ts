import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDurationMs, parseDurationMs } from "../../../src/core/duration.ts";

test("each unit and joined units are read", () => {
  const durations: readonly [text: string, ms: number][] = [
    ["250us", 0.25],
    ["250ms", 250],
    ["0.2s", 200],
    ["0.29s", 290],
    ["1s", 1000],
    ["1m30s", 90_000],
    ["1h", 3_600_000],
    ["1d2h3m4s5ms", 93_784_005],
    ["0s", 0],
  ];
  for (const [text, ms] of durations) assert.deepEqual(parseDurationMs(text), { ms }, text);
});

test("a bare number is refused with both of its meanings", () => {
  assert.deepEqual(parseDurationMs("10"), { reason: '"10" has no unit: write 10s or 10ms' });
  assert.deepEqual(parseDurationMs("0.5"), { reason: '"0.5" has no unit: write 0.5s or 0.5ms' });
});

test("what no timer could wait for is refused", () => {
  assert.deepEqual(parseDurationMs("10000d"), { ms: 864_000_000_000 });
  const endless = `${"9".repeat(30)}h`;
  assert.deepEqual(parseDurationMs(endless), { reason: `"${endless}" is longer than 10000 days` });
});

test("what is no duration is refused with an example", () => {
  for (const text of [
    "",
    "s",
    "-1s",
    "1 s",
    "1s ",
    "1.s",
    ".5s",
    "1m30",
    "1S",
    "1w",
    "1e3s",
    "1s,2s",
  ]) {
    assert.deepEqual(
      parseDurationMs(text),
      { reason: `"${text}" is no duration: write 1s, 250ms or 1m30s` },
      text,
    );
  }
});

test("durations are written short, to the millisecond below a minute", () => {
  const durations: readonly [ms: number, text: string][] = [
    [0, "0s"],
    [250, "0.25s"],
    [3609.375, "3.609s"],
    [1000, "1s"],
    [60_000, "1m"],
    [90_000, "1m30s"],
    [3_600_000, "1h"],
    [93_784_005, "1d2h3m4s"],
  ];
  for (const [ms, text] of durations) assert.equal(formatDurationMs(ms), text);
});
