/**
 * Runs programs of the user's: no shell, own process group, bounded time. What they print goes to
 * stderr, since stdout is the answer of the command that runs them.
 */
import { spawn } from "node:child_process";
import type { ProgramOptions, ProgramResult } from "./ports.ts";

/** Never rejects: that a program failed, or could not be started, is a result. */
export function runProgram(options: ProgramOptions): Promise<ProgramResult> {
  const [file = "", ...args] = options.argv;
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      detached: true, // leader of a group of its own, so that the limit reaches its children too
      stdio: ["ignore", 2, 2],
      env: { ...process.env, ...options.environment },
    });
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      killGroup(child.pid);
    }, options.limitMs);
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(limit);
      resolve({ exitCode: null, signal: null, timedOut, startError: error.code ?? error.message });
    });
    child.once("exit", (exitCode, signal) => {
      clearTimeout(limit);
      if (timedOut) killGroup(child.pid); // those who joined between the signal and the end
      resolve({ exitCode, signal, timedOut, startError: null });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // ESRCH: the whole group has ended
  }
}
