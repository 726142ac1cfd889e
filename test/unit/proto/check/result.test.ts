import assert from "node:assert/strict";
import { test } from "node:test";
import { timedOut, unknown } from "../../../../src/proto/check/result.ts";

test("what ran out of time is classed by where it was", () => {
  const classes = (["connect", "tls", "send", "answer", "body", "run"] as const).map(
    (phase) => timedOut(phase, "3s").class,
  );
  assert.deepEqual(classes, ["L4TOUT", "L6TOUT", "L7TOUT", "L7TOUT", "L7TOUT", "PROCTOUT"]);
  assert.equal(timedOut("body", "3s").detail, "no end of the answer within 3s");
});

test("a name server that is silent says nothing of the service", () => {
  assert.deepEqual(timedOut("dns", "3s"), unknown("no name server answered within 3s"));
});
