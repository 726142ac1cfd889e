/** Characters that a web page or a word processor puts in place of those of a configuration. */
import { LOOKALIKE } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import type { SourceText } from "./source-text.ts";

/** Each stands for another one, which is a mark of the language or begins an option of a command. */
const MEANT: readonly (readonly [characters: RegExp, name: string, meant: string])[] = [
  [/[\u201c-\u201f\u00ab\u00bb\uff02]/u, "quote", 'the quote "'],
  [/[\u2018-\u201b\uff07]/u, "quote", "the quote \" or '"],
  [/[\u2010-\u2015\u2212\ufe58\uff0d]/u, "dash", "the hyphen -"],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/u, "blank", "a plain blank"],
  [/[\u00ad\u200b-\u200f\u2060\ufeff]/u, "invisible character", "nothing"],
  [/[\uff5b\uff5d]/u, "brace", "{ or }"],
];

/** Told of the first one in a line: the others came with it. Within straight quotes it is text. */
export function complainOfLookalikes(line: SourceText, report: Report): void {
  if (!/[^\0-\x7f]/.test(line.text)) return;
  const plain = line.text.replace(/"[^"]*"/g, (quoted) => " ".repeat(quoted.length));
  for (const { 0: character, index } of plain.matchAll(LOOKALIKES)) {
    const [, name, meant] = MEANT.find(([characters]) => characters.test(character)) ?? [];
    if (name === undefined) continue;
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    const message = `this ${name} is U+${code}, which means nothing to keepalived: it is taken as a letter`;
    report(finding(LOOKALIKE, line.spanOf(index, index + 1), message, { help: `write ${meant}` }));
    return;
  }
}

/** A dash within a word may be meant: a name has what letters it likes. */
const LOOKALIKES = new RegExp(
  MEANT.map(([{ source }, name]) => (name === "dash" ? `(?<![^ \\t])${source}` : source)).join("|"),
  "gu",
);
