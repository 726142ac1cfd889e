/** Puts words and braces together to statements with blocks; one mistake makes one finding. */
import { NO_BLOCK, UNCLOSED_BLOCK, UNEXPECTED_CLOSE, UNEXPECTED_OPEN } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import type { Table } from "./keyword.ts";
import type { Span } from "./place.ts";
import type { Block, Statement, Word } from "./statement.ts";
import type { Segment } from "./tokens.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Growing = Mutable<Omit<Block, "statements">> & { statements: Statement[] };
type Made = Mutable<Omit<Statement, "block">> & { block: Growing | null };

interface Open {
  readonly statement: Made | null; // null: a brace without a keyword, whose inside counts as outside
  readonly span: Span; // of its brace
  readonly statements: Statement[];
  readonly table: Table | null; // null: unknown keywords, or a list of values
  readonly isGuessed: boolean; // its brace is missing
}

export class BlockBuilder {
  readonly statements: Statement[] = [];
  readonly #table: Table;
  readonly #report: Report;
  readonly #onStatement: (statement: Statement, around: string | null) => void;
  readonly #open: Open[] = [];
  #last: Made | null = null; // whose brace may still come
  #stray: Span | null = null; // the last } if it closed nothing
  #isOpenStray: boolean = false; // whether a { without a keyword is told, and no keyword came since

  /** @param onStatement is told of each line of words, and in which block it is */
  constructor(
    table: Table,
    report: Report,
    onStatement: (statement: Statement, around: string | null) => void = () => {},
  ) {
    this.#table = table;
    this.#report = report;
    this.#onStatement = onStatement;
  }

  add({ words, text, brace }: Segment): void {
    const [keyword] = words;
    if (keyword !== undefined) {
      this.#stray = null;
      this.#isOpenStray = false;
      this.#beginStatement(keyword);
      this.#last = { words: words as Made["words"], text, block: null };
      this.#inside.push(this.#last);
      this.#onStatement(this.#last, this.#open.at(-1)?.statement?.words[0].text ?? null);
    }
    if (brace?.isOpen === true) this.#openBlock(brace.span);
    else if (brace !== null) this.#closeBlock(brace.span);
  }

  /** How many blocks are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** The configuration ends here. @param isWhole false: reading stopped before its end */
  finish(isWhole: boolean): void {
    if (!isWhole) return;
    if (this.#lacksBrace(this.#last)) this.#guessBlock(this.#last);
    this.#endFrom(0, "before the file ends");
  }

  get #inside(): Statement[] {
    return this.#open.at(-1)?.statements ?? this.statements;
  }

  get #insideTable(): Table | null {
    const open = this.#open.at(-1);
    return open === undefined ? this.#table : open.table;
  }

  #beginStatement(keyword: Word): void {
    if (this.#lacksBrace(this.#last)) this.#guessBlock(this.#last);
    // What stands behind a block whose { is missing may have its } missing too.
    while (this.#open.at(-1)?.isGuessed === true && !knows(this.#insideTable, keyword.text)) {
      const around = this.#open.at(-2);
      if (!knows(around === undefined ? this.#table : around.table, keyword.text)) break;
      this.#open.pop();
    }
  }

  #openBlock(span: Span): void {
    const statement = this.#last;
    this.#last = null;
    if (statement === null) {
      const message = "no keyword stands before this {";
      if (!this.#isOpenStray) this.#report(finding(UNEXPECTED_OPEN, span, message));
      this.#isOpenStray = true;
      const around = { statements: this.#inside, table: this.#insideTable };
      this.#open.push({ statement: null, span, ...around, isGuessed: false });
      return;
    }
    const home = this.#homeOf(statement);
    if (home !== null) {
      this.#inside.pop();
      const around = this.#open[home - 1]?.statement?.words[0].text;
      const where = around === undefined ? "outside of all blocks" : `in ${around}`;
      this.#endFrom(home, `before '${statement.words[0].text}', which stands ${where}`);
      this.#inside.push(statement);
    }
    this.#pushBlock(statement, span, false);
  }

  #pushBlock(statement: Made, span: Span, isGuessed: boolean): void {
    const table = row(this.#insideTable, statement)?.takes.table ?? null;
    statement.block = { open: span, close: null, statements: [] };
    const { statements } = statement.block;
    this.#open.push({ statement, span, statements, table, isGuessed });
  }

  #closeBlock(span: Span): void {
    const lacking = this.#lacksBrace(this.#last) && this.#open.length === 0 ? this.#last : null;
    this.#last = null;
    if (lacking !== null) this.#guessBlock(lacking);
    const closed = this.#open.pop();
    if (closed === undefined) {
      const message = "no block is open that this } could close";
      if (this.#stray === null) this.#report(finding(UNEXPECTED_CLOSE, span, message));
      this.#stray = span; // those behind it are of the same mistake
    } else if (closed.statement?.block != null) closed.statement.block.close = span;
  }

  /** Of a keyword that is nothing without a block. */
  #lacksBrace(statement: Made | null): statement is Made {
    if (statement === null || statement.block !== null) return false;
    const usage = row(this.#insideTable, statement)?.takes.usage ?? "";
    return usage.includes("{") && !usage.includes("[{");
  }

  #guessBlock(statement: Made): void {
    const { place, length } = (statement.words.at(-1) as Word).span;
    const behind = { place: { ...place, column: place.column + length }, length: 0 };
    const { text } = statement.words[0];
    // Of a list whose entries stand on its line the list itself says what is wrong.
    const usage = row(this.#insideTable, statement)?.takes.usage ?? "";
    const isList = usage.startsWith("{ ") && usage !== "{ ... }";
    if (!isList || statement.words.length === 1) {
      this.#report(finding(NO_BLOCK, behind, `'${text}' has no { behind it`));
    }
    this.#pushBlock(statement, behind, true);
  }

  /**
   * A keyword with a block, inside another block that does not have it: a } was forgotten before it.
   * @returns how many blocks are around it; null: it stands where it belongs, or nowhere
   */
  #homeOf(statement: Made): number | null {
    const around = this.#open.at(-1);
    const { text, span } = statement.words[0];
    if (around === undefined || knows(around.table, text)) return null;
    const keyword = around.statement?.words[0];
    if (around.table === null && keyword !== undefined && !this.#isKnown(around)) {
      // Of an unknown block nobody knows what it may have inside: its writer's indentation tells.
      if (span.place.column > keyword.span.place.column) return null;
    }
    for (let depth = this.#open.length - 1; depth >= 0; depth -= 1) {
      const table = depth === 0 ? this.#table : (this.#open[depth - 1]?.table ?? null);
      if (row(table, statement)?.takes.usage.includes("{") === true) return depth;
    }
    return null;
  }

  #isKnown(open: Open): boolean {
    const around = this.#open[this.#open.indexOf(open) - 1];
    return (
      open.statement !== null && row(around?.table ?? this.#table, open.statement) !== undefined
    );
  }

  /** All blocks but the outermost `depth` end here; the innermost that lacks its } is told. */
  #endFrom(depth: number, when: string): void {
    const unclosed = this.#open.splice(depth).filter(({ isGuessed }) => !isGuessed);
    const last = unclosed.at(-1);
    if (last === undefined) return;
    const name =
      last.statement === null ? "this {" : `the block of '${last.statement.words[0].text}'`;
    const others = unclosed.length === 1 ? "" : `, nor are ${unclosed.length - 1} around it`;
    this.#report(finding(UNCLOSED_BLOCK, last.span, `${name} is not closed ${when}${others}`));
  }
}

const row = (table: Table | null, { words: [keyword] }: Statement | Made) =>
  knows(table, keyword.text) ? table?.[keyword.text] : undefined;

const knows = (table: Table | null, keyword: string): boolean =>
  table !== null && Object.hasOwn(table, keyword);
