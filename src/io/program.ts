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
    const kill = (): void => killGroup(child.pid);
    const limit = setTimeout(() => {
      timedOut = true;
      kill();
    }, options.limitMs);
    options.signal?.addEventListener("abort", kill);
    const end = (result: Omit<ProgramResult, "timedOut">): void => {
      clearTimeout(limit);
      options.signal?.removeEventListener("abort", kill);
      resolve({ ...result, timedOut });
    };
    child.once("error", (error: NodeJS.ErrnoException) =>
      end({ exitCode: null, signal: null, startError: error.code ?? error.message }),
    );
    child.once("exit", (exitCode, signal) => {
      // Those who joined between the signal and the end.
      if (timedOut || options.signal?.aborted) kill();
      end({ exitCode, signal, startError: null });
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
