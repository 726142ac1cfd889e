/** Asks a person before something is done that cannot be undone. */
import { UsageError } from "../core/errors.ts";
import type { Context } from "./define.ts";

/** Whether the answer is yes. @throws UsageError where there is no terminal to ask on */
export async function confirmed(
  question: string,
  { stderr, ports, signal }: Pick<Context, "stderr" | "ports" | "signal">,
): Promise<boolean> {
  const answer = ports.readAnswer(signal);
  if (answer === undefined) throw new UsageError("there is no terminal to ask on: give --yes");
  stderr(`${question} [y/N]`);
  const said = await answer;
  signal.throwIfAborted();
  return /^\s*y(es)?\s*$/i.test(said);
}
