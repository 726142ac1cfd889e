import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { findProcesses, listProcesses } from "../../../src/io/process-list.ts";

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

const { signal } = new AbortController();

test("processes are listed with their arguments, whatever their names are", async () => {
  // A name with what /proc/PID/stat puts around names.
  const folder = mkdtempSync(join(tmpdir(), "vipkit-processes-"));
  const program = join(folder, "a) Z (b");
  copyFileSync("/bin/sleep", program);
  chmodSync(program, 0o755);
  const child = spawn(program, ["600"]);
  try {
    await once(child, "spawn");
    const { processes, isPartial } = await listProcesses(
      (name) => name === "a) Z (b",
      true,
      signal,
    );
    assert.deepEqual(processes, [{ pid: child.pid, name: "a) Z (b", argv: [program, "600"] }]);
    assert.equal(isPartial, false);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
});

test("zombies are not listed, and a listing that nobody wants any more ends", async () => {
  // the child ends only after its parent has become a program that never waits for it
  const script = "read line <&3 & echo $!; exec sleep 600";
  const parent = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
  try {
    const [pid] = await once(parent.stdout as Readable, "data");
    const stat = (of: unknown) => readFileSync(`/proc/${Number(`${of}`)}/stat`, "utf8");
    while (!/\(sleep\)/.test(stat(parent.pid))) await setImmediate();
    (parent.stdio[3] as Writable).end("\n");
    while (!/\) Z /.test(stat(pid))) await setImmediate();
    const { processes } = await listProcesses(() => true, false, signal);
    assert.ok(processes.every((one) => one.pid !== Number(`${pid}`)));
    assert.ok(processes.some((one) => one.pid === process.pid && one.argv.length === 0));
  } finally {
    parent.kill();
  }
  await assert.rejects(
    listProcesses(() => true, false, AbortSignal.abort()),
    { name: "AbortError" },
  );
});
