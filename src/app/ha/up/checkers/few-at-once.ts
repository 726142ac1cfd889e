/** Programs of which so many run at once and no more: a thousand scripts that are due together are no storm. */
import type { Ports, ProgramResult } from "../../../../io/ports.ts";

type RunProgram = Ports["runProgram"];

/** Whoever comes when all places are taken waits for one, in order; its own limit counts from its start. */
export function fewAtOnce(runProgram: RunProgram, most: number): RunProgram {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (options): Promise<ProgramResult> => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve)); // gets the place of another
    try {
      return await runProgram(options);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
