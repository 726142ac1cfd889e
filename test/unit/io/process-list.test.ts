import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findProcesses } from "../../../src/io/process-list.ts";

const ownName = readFileSync("/proc/self/comm", "utf8").trimEnd();

test("a process is found by its name, and those of other names are not", async () => {
  const found = await findProcesses([ownName]);
  assert.ok(found.some(({ pid, name }) => pid === process.pid && name === ownName));
  assert.ok(found.every(({ name }) => name === ownName));
  assert.deepEqual(await findProcesses(["no such name"]), []);
});
