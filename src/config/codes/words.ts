/** vk100 to vk199: the language itself, from bytes to keywords. */
import type { FindingKind } from "../finding.ts";

export const UNKNOWN_KEYWORD: FindingKind = {
  code: "vk103",
  severity: "error",
  title: "unknown keyword",
  explains:
    "keepalived skips the line, and of a block reads the inside as if it stood outside. Here the whole block is skipped.",
};

export const UNUSED_WORDS: FindingKind = {
  code: "vk104",
  severity: "warning",
  title: "words that nothing reads",
  explains: "The keyword takes fewer arguments. keepalived ignores the others without a word.",
};

export const NO_BLOCK: FindingKind = {
  code: "vk105",
  severity: "error",
  title: "a block is missing",
  explains: "The keyword means something by what stands in braces behind it.",
};

export const UNEXPECTED_BLOCK: FindingKind = {
  code: "vk106",
  severity: "error",
  title: "a block where none belongs",
  explains: "The keyword takes its arguments on its line. The block is skipped.",
};

export const NUL_BYTE: FindingKind = {
  code: "vk107",
  severity: "error",
  title: "a NUL byte",
  explains: "keepalived ignores the line. The file is perhaps damaged, or no text at all.",
};

export const LINE_TOO_LONG: FindingKind = {
  code: "vk108",
  severity: "error",
  title: "a line too long",
  explains:
    "keepalived reads lines of up to 1024 bytes, also after definitions are replaced. It ignores longer ones; older versions cut them in two.",
};

export const INVALID_UTF8: FindingKind = {
  code: "vk109",
  severity: "warning",
  title: "text that is no UTF-8",
  explains: "keepalived takes the bytes as they are. Others who read its output may not.",
};

export const UNMATCHED_QUOTE: FindingKind = {
  code: "vk110",
  severity: "error",
  title: "a quote that nothing closes",
  explains:
    "The text from the quote to the end of the line counts as quoted, a comment too. No quoted text goes on in the next line.",
};

export const UNDEFINED_NAME: FindingKind = {
  code: "vk111",
  severity: "error",
  title: "a definition that does not exist",
  explains:
    "keepalived leaves a name in braces as it is where nothing defines it, and then reads the braces as those of a block. Definitions count from their line on.",
};

export const DEFINITION_LOOP: FindingKind = {
  code: "vk112",
  severity: "error",
  title: "a definition that contains itself",
  explains: "Replacing it never ends: keepalived hangs. Here the line is ignored.",
};

export const DEFINITION_NOT_ALONE: FindingKind = {
  code: "vk113",
  severity: "error",
  title: "a definition of several lines with other text beside it",
  explains: "It has to be alone on its line. Here the line is ignored.",
};

export const INVALID_GENERATOR: FindingKind = {
  code: "vk114",
  severity: "error",
  title: "a ~SEQ or ~LST that cannot be read",
  explains:
    "Written are ~SEQ(NAME, [START, [STEP,]] END), ~LST(NAME, VALUE, ...) and ~LST({NAME, NAME}, {VALUE, VALUE}, ...), without blanks in a value. keepalived ignores the line.",
};

export const TOO_MUCH: FindingKind = {
  code: "vk115",
  severity: "error",
  title: "more than is read",
  explains:
    "Includes, definitions and generators multiply. To end in bounded time and memory, reading stops at a limit far above what keepalived could serve.",
};

export const UNEXPECTED_OPEN: FindingKind = {
  code: "vk116",
  severity: "error",
  title: "a { without a keyword",
  explains:
    "keepalived ignores the brace, and its } then closes the block around it. Here the pair is ignored.",
};

export const UNEXPECTED_CLOSE: FindingKind = {
  code: "vk117",
  severity: "error",
  title: "a } that closes nothing",
  explains: "There is one } too many, or a { is missing before it. keepalived ignores it.",
};

export const UNCLOSED_BLOCK: FindingKind = {
  code: "vk118",
  severity: "error",
  title: "a block that is not closed",
  explains:
    "keepalived reads what follows as if it stood inside the block. Here the block ends where one begins that can only stand outside of all, or with the file.",
};

export const INCLUDE_NOTHING: FindingKind = {
  code: "vk119",
  severity: "error",
  title: "an include without a file",
  explains: "The name of a file or a pattern has to follow. keepalived takes the line as unknown.",
};

export const LOOKALIKE: FindingKind = {
  code: "vk126",
  severity: "warning",
  title: "a character that looks like another one",
  explains:
    "Web pages and word processors put curly quotes, dashes and unbreakable blanks in place of the plain ones. keepalived takes them as letters: a quote of this kind quotes nothing and becomes a part of the value.",
};

export const INCLUDE_MISSING: FindingKind = {
  code: "vk130",
  severity: "error",
  title: "an include that has to match, and does not",
  explains:
    "includem and include_check match want a file for a plain name, includew also for a pattern, includeb for each alternative in braces, includea all of these.",
};

export const INCLUDE_SKIPPED: FindingKind = {
  code: "vk131",
  severity: "warning",
  title: "an include that matches no file",
  explains:
    "keepalived goes on without it. Where the file has to be there write includea; for a pattern that may match nothing use wildcards.",
};

export const INCLUDE_UNREADABLE: FindingKind = {
  code: "vk132",
  severity: "error",
  title: "an included file that cannot be read",
  explains:
    "Only regular, readable files without an executable bit are included. keepalived skips others; with includer, includem, includew, includeb, includea or include_check it is an error.",
};

export const INCLUDE_NOT_READ: FindingKind = {
  code: "vk133",
  severity: "warning",
  title: "an included file that is skipped",
  explains:
    "Only regular, readable files without an executable bit are included. keepalived goes on without it.",
};

export const INCLUDE_LOOP: FindingKind = {
  code: "vk134",
  severity: "error",
  title: "a file that includes itself",
  explains:
    "keepalived hangs, or ends when it has no more files to open. Here it is not read again.",
};

export const BYTE_ORDER_MARK: FindingKind = {
  code: "vk135",
  severity: "error",
  title: "a byte order mark",
  explains:
    "keepalived takes the mark as the beginning of the first word, which it then does not know.",
};

export const EXECUTABLE_FILE: FindingKind = {
  code: "vk136",
  severity: "error",
  title: "a configuration that is executable",
  explains: "keepalived reads only files without an executable bit: it would start with nothing.",
};

export const NOTHING_WRITTEN: FindingKind = {
  code: "vk137",
  severity: "warning",
  title: "a file without any keyword",
  explains:
    "keepalived starts with it, and does nothing. A pipe into - whose first command failed is empty too; lines of @ID are there for that host alone.",
};

export const DEPRECATED_KEYWORD: FindingKind = {
  code: "vk120",
  severity: "error",
  title: "a deprecated keyword",
  explains: "keepalived still reads it, but `keepalived -t` counts it as an error.",
};

export const OLD_SPELLING: FindingKind = {
  code: "vk121",
  severity: "warning",
  title: "an old spelling",
  explains: "keepalived reads it without a word. Its manual calls it deprecated.",
};

export const IGNORED_AGAIN: FindingKind = {
  code: "vk122",
  severity: "error",
  title: "written again, and ignored",
  explains: "Of this keyword the first one counts. keepalived reports the others and ignores them.",
};

export const OVERWRITTEN_SETTING: FindingKind = {
  code: "vk123",
  severity: "warning",
  title: "written again, and the last one counts",
  explains: "keepalived takes the last one without a word. One of the two is not meant.",
};

export const REPLACED_AGAIN: FindingKind = {
  code: "vk124",
  severity: "error",
  title: "written again, and replaced",
  explains: "keepalived reports it, and the last one counts. One of the two is not meant.",
};

export const NOT_ACTED_ON: FindingKind = {
  code: "vk140",
  severity: "note",
  title: "keywords that are understood, and not yet acted on",
  explains:
    "Their values are read and checked. No command does yet what they ask for: keepalived does. Told with -v.",
};

export const COMMENT_IN_DEFINITION: FindingKind = {
  code: "vk125",
  severity: "error",
  title: "a comment within a definition of several lines",
  explains:
    "What is behind it gets lost: the process that reads the file goes on, those for VRRP and health checks end the definition there unless the comment ends with a backslash, and later versions end it even then.",
};

export const COMMENT_IN_WORD: FindingKind = {
  code: "vk127",
  severity: "warning",
  title: "a comment that begins in the middle of a word",
  explains:
    "Outside of double quotes # and ! begin a comment wherever they stand. keepalived goes on with the word up to there, without a word: a password gets shorter.",
};
