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
