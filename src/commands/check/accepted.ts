/** What the parsers of `proto` say, as options want it. */
import { refuse } from "../option.ts";

/** @param parsed the value, or why the text is none. @throws UsageError */
export const accepted = <T>(parsed: T | string): T =>
  typeof parsed === "string" ? refuse(parsed) : parsed;
