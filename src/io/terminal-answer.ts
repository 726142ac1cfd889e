/** A line that a person types on the terminal of this process. */
import type { Limit } from "./ports.ts";

/** @returns undefined where standard input is no terminal; "" at its end or when `signal` is aborted */
export function readAnswer(signal: Limit): Promise<string> | undefined {
  const { stdin } = process;
  if (!stdin.isTTY) return undefined;
  return new Promise((resolve) => {
    const answered = (answer: string): void => {
      stdin.off("data", hear);
      stdin.off("end", end);
      signal.removeEventListener("abort", end);
      stdin.pause();
      resolve(answer);
    };
    const hear = (bytes: Uint8Array): void => answered(new TextDecoder().decode(bytes));
    const end = (): void => answered("");
    stdin.on("data", hear); // a line at a time: the terminal edits it
    stdin.on("end", end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
