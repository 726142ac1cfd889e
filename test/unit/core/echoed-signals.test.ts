import assert from "node:assert/strict";
import { test } from "node:test";
import { EchoedSignals } from "../../../src/core/echoed-signals.ts";

test("the same signal again within a moment is an echo, another one or a later one is not", () => {
  const signals = new EchoedSignals();
  assert.equal(signals.isEcho("SIGTERM", 0), false);
  assert.equal(signals.isEcho("SIGTERM", 2), true);
  assert.equal(signals.isEcho("SIGINT", 2), false, "somebody else is in a hurry");
  assert.equal(signals.isEcho("SIGTERM", 102), false);
});
