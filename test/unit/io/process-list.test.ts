import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { findProcesses } from "../../../src/io/process-list.ts";

const ownName = readFileSync("/proc/self/comm", "utf8").trimEnd();

test("a process is found by its name, and those of other names are not", async () => {
  const found = await findProcesses([ownName]);
  assert.ok(found.some(({ pid, name }) => pid === process.pid && name === ownName));
  assert.ok(found.every(({ name }) => name === ownName));
  assert.deepEqual(await findProcesses(["no such name"]), []);
});

test("a process that has ended and is not reaped yet does nothing any more", async () => {
  // The shell becomes a program that never asks for its child.
  const parent = spawn("/bin/sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
  try {
    const [pid] = await once(parent.stdout, "data");
    const dead = Number(`${pid}`);
    const stateOf = () => readFileSync(`/proc/${dead}/stat`, "utf8").split(") ")[1]?.[0];
    while (stateOf() !== "Z") await setImmediate();
    const name = readFileSync(`/proc/${dead}/comm`, "utf8").trimEnd();
    assert.ok((await findProcesses([name])).every((one) => one.pid !== dead));
  } finally {
    parent.kill();
  }
});
