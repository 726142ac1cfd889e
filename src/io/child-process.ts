/** Our own program as child processes, which are spoken with by messages (node:child_process, fork). */
import { type ChildProcess, fork } from "node:child_process";
import type { Child, ChildHandlers } from "./child-ports.ts";
import { noteStarted } from "./orphans.ts";

/** @param words added to our own command line */
export function startChild(words: readonly string[], { onMessage, onEnd }: ChildHandlers): Child {
  let hasEnded = false;
  const end = (code: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(code);
  };
  let child: ChildProcess;
  try {
    child = fork(process.argv[1] as string, [...process.argv.slice(2), ...words], {
      serialization: "advanced",
      stdio: ["ignore", 2, 2, "ipc"], // stdout is our answer
    });
  } catch (error) {
    queueMicrotask(() => end(codeOf(error)));
    return { pid: undefined, send: () => {}, kill: () => {} };
  }
  noteStarted(child);
  child.on("message", (message) => {
    if (!hasEnded) onMessage(Object(message));
  });
  child.once("error", (error) => {
    if (child.pid === undefined) end(codeOf(error));
  });
  // What it said before it ended may arrive behind the news of its end.
  let isSilent = false;
  let code: string | undefined;
  child.once("disconnect", () => {
    isSilent = true;
    if (code !== undefined) end(code);
  });
  child.once("exit", (exitCode, signal) => {
    code = signal ?? `${exitCode}`;
    if (isSilent) end(code);
  });
  return {
    pid: child.pid,
    send: (message) => {
      // Its end is told by `exit`; what is sent until then has no reader.
      if (child.connected) child.send(message, () => {});
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

const codeOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
};
