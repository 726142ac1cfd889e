import assert from "node:assert/strict";
import { test } from "node:test";
import { readNetTable } from "../../../src/io/net-table.ts";

test("a table of the kernel is read whole, one that is not there is undefined", () => {
  assert.match(readNetTable("dev") ?? "", /^ *lo:/m);
  assert.equal(readNetTable("no-such-table"), undefined);
  assert.equal(readNetTable("stat"), undefined, "a directory");
});
