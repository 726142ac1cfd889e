/** `track_file` and `vrrp_track_process`: what instances and sync groups may watch beside scripts. */
import { integer, oneOf, optional, present, seconds, text } from "../arguments.ts";
import { MISSING_ARGUMENT, NOT_ONE_OF } from "../codes/values.ts";
import { type Command, weight } from "../compound.ts";
import { type Argument, acting, keyword } from "../keyword.ts";
import { quoted, shellWords } from "../shell-words.ts";

/** What is written into a tracked file at the start. */
export interface InitFile {
  readonly value: number;
  readonly isOverwriting: boolean; // also a file that is there
}

const initFile: Argument<InitFile> = {
  usage: "[VALUE] [overwrite]",
  read(reading) {
    let [value, isOverwriting]: [number | undefined, boolean] = [0, false];
    for (let word = reading.peek(); word !== undefined; word = reading.peek()) {
      if (word.text === "overwrite") {
        reading.take();
        isOverwriting = true;
      } else if (/^[+-]?\d/.test(word.text)) {
        value = integer(-(2 ** 31), 2 ** 31 - 1).read(reading);
      } else {
        reading.take();
        const message = `'${word.text}' is neither a number nor overwrite`;
        reading.refuse(NOT_ONE_OF, word.span, message);
        value = undefined;
      }
    }
    return value === undefined ? undefined : { value, isOverwriting };
  },
  format: ({ value, isOverwriting }) => `${value}${isOverwriting ? " overwrite" : ""}`,
};

export const TRACK_FILE = acting("up", {
  file: keyword("The file with the number", text("PATH"), { isFirst: true }),
  weight: keyword("Factor of the number; 0: any number but 0 is a FAULT", weight(254), {
    default: "1",
  }),
  init_file: keyword("Makes the file at the start", initFile),
} as const);

const processWords: Argument<Command> = {
  usage: "NAME [ARGUMENT ...]",
  read(reading) {
    reading.takeAll();
    const [, ...argv] = shellWords(reading.statement.text, reading.report);
    if (argv.length > 0) return { argv: argv.map((word) => word.text) };
    const message = `'${reading.keyword.text}' needs the name of a process behind it`;
    return reading.refuse(MISSING_ARGUMENT, reading.end, message);
  },
  format: ({ argv }) => argv.map(quoted).join(" "),
};

const delay = seconds(0.000001, 3600);

export const VRRP_TRACK_PROCESS = acting("up", {
  process: keyword("The process, and arguments that it has to have", processWords, {
    isFirst: true,
  }),
  param_match: keyword(
    "How its arguments are compared: the first of them, or the last may go on; alone: it has none",
    optional(oneOf("initial", "partial"), null),
  ),
  weight: keyword("Added to the priority while enough of it run, or taken while not", weight(254), {
    default: "0",
    isFirst: true,
  }),
  quorum: keyword("Processes that have to run", integer(1, 65_535), { default: "1" }),
  quorum_max: keyword("Processes that may run", integer(0, 65_535)),
  delay: keyword("Sets fork_delay and terminate_delay", delay, { unit: "s" }),
  fork_delay: keyword("Time before enough processes count", delay, { unit: "s", default: "0" }),
  terminate_delay: keyword("Time before too few processes count", delay, {
    unit: "s",
    default: "0",
  }),
  full_command: keyword("Compares the whole command line, not the name", present),
} as const);
