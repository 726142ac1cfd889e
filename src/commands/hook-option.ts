/** An option that names a program of the user's, to be run when something happens. */
import { splitWords } from "../core/words.ts";
import { refuse, value } from "./option.ts";

/** Its words: it is started without a shell; quotes and backslashes are understood. */
export const hook = (when: string) =>
  value({ value: "CMD", describe: `Run ${when}`, complete: "file" }, (given) => {
    const split = splitWords(given);
    if (!split.ok) return refuse(split.reason);
    return split.words[0] ? split.words : refuse("names no program");
  });
