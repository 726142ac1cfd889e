/** Maintenance in one line: since when, for how long, why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { maintenanceLine } from "../../../../src/commands/ha/maintenance-text.ts";

const RECORD = { since: "S", until: null, ends_in_ms: null, reason: null };

test("its end and its reason are told where there are any", () => {
  assert.equal(maintenanceLine(RECORD), "maintenance since S");
  assert.equal(
    maintenanceLine({ ...RECORD, ends_in_ms: 7_200_000, reason: "new kernel" }),
    "maintenance since S, ends in 2h: new kernel",
  );
  assert.equal(maintenanceLine({ ...RECORD, ends_in_ms: 0 }), "maintenance since S, ends in 0s");
  assert.equal(maintenanceLine(null), "maintenance is over");
});

test("its reason cannot steer the terminal", () => {
  assert.ok(!maintenanceLine({ ...RECORD, reason: "\u001b[2J" }).includes("\u001b"));
});
