import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecord } from "../../../../src/app/check/check-record.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { bad, good, resultOf } from "../../../support/checks.ts";

test("every key is there, also where nothing was checked", () => {
  const empty = checkRecord("tcp", "a:1", new Tally());
  const tally = new Tally();
  tally.note(resultOf(good));
  const full = checkRecord("tcp", "a:1", tally);
  assert.deepEqual(Object.keys(empty), Object.keys(full));
  assert.deepEqual([empty.verdict, empty.class, empty.total_ms], ["unknown", "UNK", null]);
});

test("the last check is told in whole, all of them in numbers, to the microsecond", () => {
  const tally = new Tally();
  tally.note(resultOf(good, { totalMs: 2.00049, phasesMs: { connect: 1.23456 } }));
  tally.note(
    resultOf(bad, { phase: "connect", address: "10.0.0.5", phasesMs: { connect: 1.23456 } }),
  );
  const record = checkRecord("tcp", "a:1", tally);
  assert.deepEqual(
    [record.verdict, record.class, record.phase, record.address, record.loss_pct, record.avg_ms],
    ["up", "L4CON", "connect", "10.0.0.5", 50, 2],
  );
  assert.deepEqual(record.phases_ms, { connect: 1.235 });
  assert.deepEqual(record.facts, { errno: "ECONNREFUSED" });
});
