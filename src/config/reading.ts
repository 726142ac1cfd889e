/** What an argument reads: the words behind a keyword, one after the other, its line, and its block. */
import { type Finding, type FindingKind, finding, type Report } from "./finding.ts";
import { type Span, spanOver } from "./place.ts";
import type { Block, Statement, Word } from "./statement.ts";

export class Reading {
  readonly statement: Statement;
  readonly report: Report;
  #keyword: Word;
  #first: number; // the word behind the keyword
  #next: number;

  /** @param first 0 for an entry of a list, whose line begins with no keyword */
  constructor(statement: Statement, report: Report, first: 0 | 1 = 1) {
    this.statement = statement;
    this.report = report;
    this.#keyword = statement.words[0];
    this.#first = first;
    this.#next = first;
  }

  get keyword(): Word {
    return this.#keyword;
  }

  get block(): Block | null {
    return this.statement.block;
  }

  /** The next word, which stays. */
  peek(): Word | undefined {
    return this.statement.words[this.#next];
  }

  take(): Word | undefined {
    const word = this.peek();
    if (word !== undefined) this.#next += 1;
    return word;
  }

  /** All words that are left. */
  takeAll(): readonly Word[] {
    const words = this.statement.words.slice(this.#next);
    this.#next = this.statement.words.length;
    return words;
  }

  /** Takes `word`, the next one, as a keyword within the line: it is `keyword` while `read` reads what is behind it. */
  within<T>(word: Word, read: () => T): T {
    const [keyword, first] = [this.#keyword, this.#first];
    this.#next += 1;
    [this.#keyword, this.#first] = [word, this.#next];
    const value = read();
    [this.#keyword, this.#first] = [keyword, first];
    return value;
  }

  /** Of what was taken; of the keyword where nothing was. */
  get span(): Span {
    const first = this.statement.words[this.#first];
    const last = this.statement.words[this.#next - 1];
    return this.#next === this.#first || first === undefined || last === undefined
      ? this.keyword.span
      : spanOver(first.span, last.span);
  }

  /** Just behind the last word that was read: where something is missing. */
  get end(): Span {
    const last = this.statement.words[this.#next - 1] ?? this.keyword;
    const { place, length } = last.span;
    return { place: { ...place, column: place.column + length }, length: 0 };
  }

  /** A definition within a word is replaced where its name has braces. */
  #helpOfNames(span: Span): string | null {
    const text = this.statement.words.find((word) => word.span === span)?.text ?? "";
    return NAME.test(text)
      ? `write ${text.replaceAll(NAMES, (_, name: string) => `\${${name}}`)}`
      : null;
  }

  /** Reports, and answers undefined, so that `return reading.refuse(...)` ends an argument. */
  refuse(
    kind: FindingKind,
    span: Span,
    message: string,
    more?: Partial<Pick<Finding, "help" | "related" | "edits">>,
  ): undefined {
    this.report(finding(kind, span, message, { help: this.#helpOfNames(span), ...more }));
    return undefined;
  }
}

const NAME = /\$[A-Za-z_]/;
const NAMES = /\$([A-Za-z_]\w*)/g;
