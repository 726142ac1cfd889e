/** global_defs: how the configuration is read again, and where keepalived writes what it has. */

import { didYouMean } from "../../../core/closest.ts";
import { flag, integer, oneWord, optional, present, text } from "../../arguments.ts";
import { NOT_ONE_OF, OPTIONS_CLASH } from "../../codes/values.ts";
import type { IncludeCheck } from "../../include.ts";
import { type Argument, acting, keyword, keywords } from "../../keyword.ts";

/** What counts as an error of an include. */
export interface IncludeCheckChange {
  readonly check: IncludeCheck;
  readonly change: "+" | "-" | null; // null: those that are named, and no others
}

const CHECKS = ["read", "match", "wildcard_match", "brace_match"] as const;

const includeCheck = oneWord(
  "[+|-]read|match|wildcard_match|brace_match",
  (word, reading): IncludeCheckChange | undefined => {
    const [, sign, name] = /^([+-]?)(.*)$/s.exec(word.text) ?? [];
    const check = CHECKS.find((one) => one === name);
    const change = sign === "+" || sign === "-" ? sign : null;
    if (check !== undefined) return { check: check === "read" ? "readable" : check, change };
    const message = `'${word.text}' is not ${CHECKS.join(", ")}${didYouMean(word.text, CHECKS)}`;
    // The manual calls it so.
    const help = name === "readable" ? "write read" : null;
    return reading.refuse(NOT_ONE_OF, word.span, message, { help });
  },
);

/** Without a sign there is one. */
const includeChecks: Argument<readonly IncludeCheckChange[]> = {
  usage: `${includeCheck.usage} ...`,
  read(reading) {
    const words = [];
    for (let word = reading.peek(); word !== undefined; word = reading.peek()) {
      const isSecond = words.length > 0 && !/^[+-]/.test(word.text);
      const read = includeCheck.read(reading);
      if (read === undefined) continue;
      if (!isSecond) words.push(read);
      else reading.refuse(OPTIONS_CLASH, word.span, `'${word.text}' needs + or - in front`);
    }
    return words;
  },
};

export const RELOAD = {
  reload_check_config: keyword(
    "Tests the configuration before it is read again, and writes what is wrong into a file",
    optional(text("LOG_FILE"), null),
  ),
  reload_time_file: keyword("File with the time at which it is read again", text("PATH")),
  reload_repeat: keyword("Keeps that file, and reads again at its time each day", present),
  reload_file: keyword(
    "File that is there while the configuration is read",
    optional(text("PATH"), null),
    { default: "none, keepalived.reload where the path is left out" },
  ),
  include_check: keywords("What counts as an error of an include", includeChecks, {
    default: "none, all where nothing is named",
  }),
  config_save_dir: keyword("Directory that what was read is written to", text("PATH")),
  tmp_config_directory: keyword("Directory of the copy that all processes read", text("PATH"), {
    default: "none, in memory",
    isFirst: true,
  }),
  iproute_usr_dir: keyword(
    "Directory of iproute2 with the names of the distribution",
    text("PATH"),
    {
      since: "2.3.3",
    },
  ),
  iproute_etc_dir: keyword("Directory of iproute2 with the names of the host", text("PATH"), {
    since: "2.3.3",
  }),
} as const;

const dumpFile = (of: string) =>
  keyword(`File that ${of} written to`, text("PATH"), { since: "2.4.0" });

export const DUMPS = acting("up", {
  data_use_instance: keyword("Has the instance and the namespace in the names of dumps", flag, {
    default: "off",
  }),
  state_dump_file: dumpFile("the state is"),
  stats_dump_file: dumpFile("the statistics are"),
  json_dump_file: dumpFile("the state as JSON is"),
  json_version: keyword("Form of the JSON", integer(1, 2), { default: "1", since: "2.2.8" }),
} as const);
