/** How programs that are not run end. */
import type { ProgramResult } from "../../src/io/ports.ts";

export const RAN_WELL: ProgramResult = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  startError: null,
};
