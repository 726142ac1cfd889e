import assert from "node:assert/strict";
import { test } from "node:test";
import { hook } from "../../../src/commands/hook-option.ts";
import { UsageError } from "../../../src/core/errors.ts";

const { read } = hook("when something happens");

test("the words of a program are those of a shell, without one", () => {
  assert.deepEqual(read(["/bin/log 'two words' $HOME"]), ["/bin/log", "two words", "$HOME"]);
});

test("an option that names no program, or whose quote does not end, is refused", () => {
  for (const given of ["", "  ", "''", "'open"]) assert.throws(() => read([given]), UsageError);
});
