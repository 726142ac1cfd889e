/** Settings of an INI file: of their section alone, comments left out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { iniValues } from "../../../src/core/ini.ts";

test("all values of a key in its section, in their order", () => {
  const text = "K=0\n[A]\nK = 1 \n#K=2\n;K=3\nKK=4\n[B]\nK=5\n[A]\r\nK=\nK=a=b\r\n";
  assert.deepEqual(iniValues(text, "A", "K"), ["1", "", "a=b"]);
  assert.deepEqual(iniValues(text, "C", "K"), []);
});
