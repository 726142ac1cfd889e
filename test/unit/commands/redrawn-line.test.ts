import assert from "node:assert/strict";
import { test } from "node:test";
import { RedrawnLine } from "../../../src/commands/redrawn-line.ts";

test("a line is written over, is never broken by the terminal, and leaves no trace", () => {
  const printed: string[] = [];
  const line = new RedrawnLine((text) => printed.push(text), 5);
  line.erase();
  line.show("one");
  line.show("seven of them");
  line.erase();
  line.show("new");
  assert.deepEqual(printed, ["one\x1b[K", "\x1b[Fseve\x1b[K", "\x1b[F\x1b[K\x1b[F", "new\x1b[K"]);
});
