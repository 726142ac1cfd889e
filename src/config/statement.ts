/** The configuration as words and blocks, before any keyword is looked at. */

import type { Span } from "./place.ts";
import type { SourceText } from "./source-text.ts";

export interface Word {
  readonly text: string; // without its quotes
  readonly span: Span; // with them
  readonly isQuoted: boolean;
}

/** One line: a keyword, its arguments, and the block that it opens. */
export interface Statement {
  readonly words: readonly [Word, ...Word[]];
  /** The line up to the brace: commands and regular expressions are read from it as a shell would (shellWords). */
  readonly text: SourceText;
  readonly block: Block | null; // null: no brace
}

export interface Block {
  readonly open: Span; // the brace
  readonly close: Span | null; // null: the file ended before it
  readonly statements: readonly Statement[];
}
