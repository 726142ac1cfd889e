/** Asks a person before something is done that cannot be undone. */
import { UsageError } from "../core/errors.ts";
import type { Context } from "./define.ts";

/** Whether the answer is yes. @throws UsageError where there is no terminal to ask on */
export async function confirmed(
  question: string,
  { columns, stderr, ports, signal }: Pick<Context, "columns" | "stderr" | "ports" | "signal">,
): Promise<boolean> {
  if (columns === undefined) throw new UsageError("there is no terminal to ask on: give --yes");
  stderr(`${question} [y/N]`);
  const answered = new AbortController();
  let answer = "";
  const onChunk = (bytes: Uint8Array): void => {
    answer += new TextDecoder().decode(bytes);
    if (answer.includes("\n") || answer.length > LONGEST_ANSWER) answered.abort();
  };
  await ports.files.read("-", onChunk, AbortSignal.any([signal, answered.signal]));
  signal.throwIfAborted();
  return /^\s*y(es)?\s*$/i.test(answer);
}

const LONGEST_ANSWER = 100;
