/**
 * Runs programs of the user's: no shell, own process group, bounded time. What they print goes to
 * stderr, since stdout is the answer of the command that runs them; or to who asks for it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { noteStarted } from "./orphans.ts";
import { OutputPipe } from "./output-pipe.ts";
import type { ProgramOptions, ProgramResult } from "./ports.ts";

/** Never rejects: that a program failed, or could not be started, is a result. */
export function runProgram(options: ProgramOptions): Promise<ProgramResult> {
  const [file = "", ...args] = options.argv;
  return new Promise((resolve) => {
    let child: ChildProcess | undefined;
    let output: OutputPipe | undefined;
    let timedOut = false;
    const kill = (): void => killGroup(child?.pid);
    const timeOut = (): void => {
      timedOut = true;
      kill();
    };
    let limit = Number.isFinite(options.limitMs) ? setTimeout(timeOut, options.limitMs) : undefined;
    const abort = (): void => {
      const { politeMs = 0 } = options;
      killGroup(child?.pid, politeMs > 0 ? "SIGTERM" : "SIGKILL");
      clearTimeout(limit);
      limit = setTimeout(kill, politeMs);
    };
    options.signal?.addEventListener("abort", abort);
    const end = (result: Omit<ProgramResult, "timedOut">): void => {
      clearTimeout(limit);
      options.signal?.removeEventListener("abort", abort);
      resolve({ ...result, timedOut });
    };
    const notStarted = (error: unknown): void => {
      const { code, message } = error as NodeJS.ErrnoException;
      end({ exitCode: null, signal: null, startError: code ?? message });
    };
    try {
      output = options.onOutput === undefined ? undefined : new OutputPipe(options.onOutput);
      const out = output?.writeFd ?? 2;
      child = spawn(file, args, {
        detached: true, // leader of a group of its own, so that the limit reaches its children too
        stdio: ["ignore", out, out],
        env: { ...process.env, ...options.environment },
        ...options.user, // libuv drops the supplementary groups, as it sets the user
      });
      noteStarted(child);
    } catch (error) {
      notStarted(error); // EPERM, E2BIG: Node.js throws what it does not tell by an event
      return;
    } finally {
      output?.handedOver();
    }
    if (options.signal?.aborted) abort();
    child.once("error", notStarted);
    child.once("exit", (exitCode, signal) => {
      // Those who joined between the signal and the end, and those who would hold its output.
      if (timedOut || options.signal?.aborted || output !== undefined) kill();
      const result = { exitCode, signal, startError: null };
      if (output === undefined) end(result);
      else void output.drained().then(() => end(result));
    });
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals = "SIGKILL"): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: the whole group has ended
  }
}
