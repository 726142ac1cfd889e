import assert from "node:assert/strict";
import { test } from "node:test";
import { findingLines } from "../../../src/commands/doctor-finding.ts";
import { failed } from "../../../src/proto/doctor/finding.ts";

const PAINT = {
  red: (text: string) => `<${text}>`,
  green: (text: string) => text,
  yellow: (text: string) => text,
};

test("what would help stands below the finding, and what others sent cannot steer the terminal", () => {
  assert.deepEqual(findingLines(failed("address", "a\u001b[2Jb", "ip x"), PAINT), [
    `<FAIL>  address: a\\x1b[2Jb`,
    "      ip x",
  ]);
});
