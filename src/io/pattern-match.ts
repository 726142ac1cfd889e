/** The `matches` port: a regular expression under a limit of time, for one of a user may take ages on a text from outside. */
import { Script } from "node:vm";
import type { Ports } from "./ports.ts";

export const matches: Ports["matches"] = (pattern, text, limitMs) => {
  const timeout = Math.max(1, Math.ceil(limitMs));
  try {
    return TEST.runInNewContext({ pattern, text }, { timeout }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  }
};

/** Only what a script does can be stopped; V8 looks for that also while it backtracks. */
const TEST = new Script("pattern.test(text)");
