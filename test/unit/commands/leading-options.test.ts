import assert from "node:assert/strict";
import test from "node:test";
import { leadingOptions } from "../../../src/commands/leading-options.ts";

test("global options in front, with and without =", () => {
  assert.equal(leadingOptions(["--netns", "blue", "--color=never", "vip", "list"]), 3);
  assert.equal(leadingOptions(["vip", "list", "--netns", "blue"]), 0);
});
