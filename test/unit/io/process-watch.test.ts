/** The kernel's connector of processes, where it is allowed to listen. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { SystemError } from "../../../src/core/errors.ts";
import type { ProcessEvent } from "../../../src/io/ports.ts";
import { watchProcesses } from "../../../src/io/process-watch.ts";

/** Why nobody may listen here; false when one may. */
async function missing(): Promise<string | false> {
  try {
    const told = new Promise<boolean>((resolve) => {
      const watch = watchProcesses(() => {
        watch.close();
        resolve(true);
      });
      const child = spawn("true");
      // The socket may be there and nobody be behind it: then the limit of the child's end decides.
      child.once("exit", () => {
        spawn("true").once("exit", () => {
          watch.close();
          resolve(false);
        });
      });
    });
    return (await told) ? false : "the kernel tells nobody in this namespace";
  } catch (error) {
    if (error instanceof SystemError) return `the kernel refuses: ${error.message}`;
    throw error;
  }
}

const skip = await missing();

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
