import assert from "node:assert/strict";
import { test } from "node:test";
import { counted } from "../../../src/core/counted.ts";

test("one is one, all others are many", () => {
  assert.deepEqual(
    [0, 1, 2].map((number) => counted(number, "target")),
    ["0 targets", "1 target", "2 targets"],
  );
  assert.equal(counted(3, "process"), "3 processes");
});
