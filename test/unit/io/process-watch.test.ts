/** The kernel's connector of processes, where it is allowed to listen. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import type { ProcessEvent } from "../../../src/io/ports.ts";
import { watchProcesses } from "../../../src/io/process-watch.ts";
import { enterOwnNetns, ownNetnsMissing } from "../../support/own-netns.ts";
import { processEventsMissing } from "../../support/process-events.ts";

const skip = processEventsMissing();

test("a process is told when it starts, gets a name and ends", { skip }, async () => {
  const events: ProcessEvent[] = [];
  const watch = watchProcesses((event) => events.push(event));
  try {
    const child = spawn("true");
    await once(child, "exit");
    const isOurs = (event: ProcessEvent) => event.kind !== "lost" && event.pid === child.pid;
    while (!events.some((event) => isOurs(event) && event.kind === "ended"))
      await new Promise((resolve) => setImmediate(resolve));
    const kinds = new Set(events.filter(isOurs).map(({ kind }) => kind));
    assert.deepEqual([...kinds], ["started", "renamed", "ended"]);
    assert.deepEqual(
      events.filter((event) => event.kind === "started" && event.pid === child.pid),
      [{ kind: "started", pid: child.pid, parentPid: process.pid }],
    );
  } finally {
    watch.close();
    watch.close(); // twice is harmless
  }
});

test("who was told too much to keep is told so, and of what comes after", { skip }, async () => {
  const told: ProcessEvent[] = [];
  const watch = watchProcesses((event) => told.push(event), 16_384);
  try {
    spawnSync("/bin/sh", ["-c", "n=0; while [ $n -lt 100 ]; do /bin/true; n=$((n + 1)); done"]);
    const started = new Set<number | undefined>();
    while (!told.some((event) => event.kind === "ended" && started.has(event.pid))) {
      const child = spawn("true");
      started.add(child.pid);
      await once(child, "close");
    }
    assert.equal(told[0]?.kind, "lost");
  } finally {
    watch.close();
  }
});

test("where the kernel would tell nothing, it is refused", { skip: ownNetnsMissing }, async () => {
  await enterOwnNetns();
  const code = "not-told";
  assert.throws(() => watchProcesses(() => {}), { name: "SystemError", code });
});
