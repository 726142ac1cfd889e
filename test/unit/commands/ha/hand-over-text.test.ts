/** What became of a hand-over, as a sentence for each outcome. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HandOverRecord } from "../../../../src/app/ha/up/parent/hand-over.ts";
import { handOverLine, isHandedOver } from "../../../../src/commands/ha/hand-over-text.ts";

const DONE: HandOverRecord = {
  instance: "VI_1",
  before: "master",
  state: "backup",
  to: "10.0.0.2",
  took_ms: 120,
  refusal: null,
};

test("each outcome has its own words, and one of them alone is a hand-over", () => {
  const cases: readonly [changes: Partial<HandOverRecord>, line: string, isDone: boolean][] = [
    [{}, "handed over to 10.0.0.2 in 0.12s", true],
    [{ to: null }, "handed over to nobody in 0.12s", true],
    [{ state: "master", to: null }, "nobody took over in 0.12s: MASTER", false],
    [{ state: "fault", to: null }, "nobody took over in 0.12s: FAULT", false],
    [{ before: "backup", took_ms: 0 }, "nothing to hand over: BACKUP", false],
    [{ before: null, state: null, took_ms: null }, "nothing to hand over: UNKNOWN", false],
    [{ state: null, refusal: "it is the owner" }, "it is the owner", false],
  ];
  for (const [changes, line, isDone] of cases) {
    const record = { ...DONE, ...changes };
    assert.equal(handOverLine(record), `VI_1: ${line}`);
    assert.equal(isHandedOver(record), isDone, line);
  }
});

test("what a name or an answer says cannot steer the terminal", () => {
  const line = handOverLine({ ...DONE, instance: "\u001b[2J", refusal: "\u001b[2J" });
  assert.ok(!line.includes("\u001b"));
});
