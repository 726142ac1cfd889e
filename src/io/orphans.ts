/**
 * Children of others that became ours: the first process of a container inherits all whose parents ended,
 * and each stays as a zombie until it is waited for (pid_namespaces(7)).
 */
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { native } from "./native.ts";
import type { Closable } from "./ports.ts";

/** Node.js waits for those that it started: whoever did it instead would hide their end from it. */
const started = new Set<number>();

/** To be told of each that we start, in the same turn of the loop. */
export function noteStarted(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  started.add(pid);
  child.once("exit", () => started.delete(pid));
}

/** See `DaemonPorts.reapOrphans`. */
export function reapOrphans(): Closable {
  if (process.pid !== FIRST) return { close: () => {} };
  process.on("SIGCHLD", reap);
  reap();
  return { close: () => void process.off("SIGCHLD", reap) };
}

function reap(): void {
  for (const pid of children()) if (!started.has(pid)) native().waitpid(pid);
}

/** Where the kernel does not list them there are none to be seen. */
function children(): number[] {
  try {
    return readdirSync("/proc/self/task").flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, "latin1")
        .split(" ")
        .map(Number)
        .filter(Boolean),
    );
  } catch {
    return [];
  }
}

const FIRST = 1;
