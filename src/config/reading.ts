/** What an argument reads: the words behind a keyword, one after the other, its line, and its block. */
import { type Finding, type FindingKind, finding, type Report } from "./finding.ts";
import { type Span, spanOver } from "./place.ts";
import type { Block, Statement, Word } from "./statement.ts";

export class Reading {
  readonly statement: Statement;
  readonly report: Report;
  #next = 1; // 0 is the keyword

  constructor(statement: Statement, report: Report) {
    this.statement = statement;
    this.report = report;
  }

  get keyword(): Word {
    return this.statement.words[0];
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

  /** Of what was taken; of the keyword where nothing was. */
  get span(): Span {
    const first = this.statement.words[1];
    const last = this.statement.words[this.#next - 1];
    return this.#next === 1 || first === undefined || last === undefined
      ? this.keyword.span
      : spanOver(first.span, last.span);
  }

  /** Just behind the last word of the line: where something is missing. */
  get end(): Span {
    const { place, length } = (this.statement.words.at(-1) as Word).span;
    return { place: { ...place, column: place.column + length }, length: 0 };
  }

  /** Reports, and answers undefined, so that `return reading.refuse(...)` ends an argument. */
  refuse(
    kind: FindingKind,
    span: Span,
    message: string,
    more?: Partial<Pick<Finding, "help" | "related" | "edits">>,
  ): undefined {
    this.report(finding(kind, span, message, more));
    return undefined;
  }
}
