/** What HTTP_GET and SSL_GET compare an answer with: status codes, a digest, a regular expression. */
import { didYouMean } from "../../core/closest.ts";
import { integer, oneWord } from "../arguments.ts";
import { BAD_DIGEST, BAD_STATUS_CODE, UNKNOWN_REGEX_OPTION } from "../codes/lvs.ts";
import { MISSING_ARGUMENT } from "../codes/values.ts";
import { UNUSED_WORDS } from "../codes/words.ts";
import type { Argument } from "../keyword.ts";
import type { Reading } from "../reading.ts";
import { quoted, shellWords } from "../shell-words.ts";
import type { Word } from "../statement.ts";
import type { NumberRange } from "./values.ts";

/** One code, or a range of them. */
export const statusCode = oneWord("CODE[-CODE]", readStatusCode, ({ from, to }) =>
  from === to ? `${from}` : `${from}-${to}`,
);

function readStatusCode(word: Word, reading: Reading): NumberRange | undefined {
  const [, first, last = first] = /^(\d{3})(?:-(\d{3}))?$/.exec(word.text) ?? [];
  const range = { from: Number(first), to: Number(last) };
  if (range.from >= 100 && range.from <= range.to && range.to <= 599) return range;
  const message = `'${word.text}' is neither a code of 100..599 nor a range of them`;
  return reading.refuse(BAD_STATUS_CODE, word.span, message);
}

/** In lower case. */
export const digest: Argument<string> = oneWord("MD5", (word, reading) => {
  if (/^[0-9a-f]{32}$/i.test(word.text)) return word.text.toLowerCase();
  return reading.refuse(BAD_DIGEST, word.span, `'${word.text}' is not 32 hex digits`);
});

export const regex: Argument<string> = {
  usage: "REGEX",
  read(reading) {
    reading.takeAll();
    const [, pattern, more] = shellWords(reading.statement.text, reading.report);
    if (pattern === undefined) {
      const message = "'regex' needs a regular expression behind it";
      return reading.refuse(MISSING_ARGUMENT, reading.end, message);
    }
    if (more !== undefined) {
      const help = "put the regular expression in quotes";
      reading.refuse(UNUSED_WORDS, more.span, "'regex' takes one word", { help });
    }
    return pattern.text;
  },
  format: quoted,
};

/** The name of an option of PCRE2. */
export const regexOption: Argument<string> = oneWord("OPTION", (word, reading) => {
  if (REGEX_OPTIONS.includes(word.text)) return word.text;
  const guess = didYouMean(word.text, REGEX_OPTIONS);
  const message = `'${word.text}' is no option of a regular expression${guess}`;
  return reading.refuse(UNKNOWN_REGEX_OPTION, word.span, message);
});

/** Of the memory that matching works in. */
export interface RegexStack {
  readonly startBytes: number;
  readonly maxBytes: number;
}

const bytes = integer(1, Number.MAX_SAFE_INTEGER);

export const regexStack: Argument<RegexStack> = {
  usage: "START_BYTES MAX_BYTES",
  read(reading) {
    const startBytes = bytes.read(reading);
    const maxBytes = startBytes === undefined ? undefined : bytes.read(reading);
    if (startBytes === undefined || maxBytes === undefined) return undefined;
    return { startBytes, maxBytes };
  },
  format: ({ startBytes, maxBytes }) => `${startBytes} ${maxBytes}`,
};

const REGEX_OPTIONS = [
  ...["allow_empty_class", "alt_bsux", "alt_circumflex", "alt_verbnames", "auto_callout"],
  ...["caseless", "dollar_endonly", "dotall", "dupnames", "extended", "firstline"],
  ...["match_unset_backref", "multiline", "never_backslash_c", "never_ucp", "never_utf"],
  ...["no_auto_capture", "no_auto_possess", "no_dotstar_anchor", "no_start_optimize", "ucp"],
  ...["ungreedy", "use_offset_limit", "utf"],
];
