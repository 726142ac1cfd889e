/** The settings of a block or a line while they are read: what a keyword that is written again means. */
import {
  DEPRECATED_KEYWORD,
  IGNORED_AGAIN,
  OLD_SPELLING,
  OVERWRITTEN_SETTING,
  REPLACED_AGAIN,
} from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import {
  BLAMED,
  type Blamed,
  type Keyword,
  type Setting,
  type Table,
  type Values,
} from "./keyword.ts";
import type { Word } from "./statement.ts";

export class Settings<T extends Table> {
  readonly #table: T;
  readonly #report: Report;
  readonly #values: Record<string, Setting<unknown> | Setting<unknown>[] | null> & {
    [BLAMED]?: Set<string>;
  };

  constructor(table: T, report: Report) {
    this.#table = table;
    this.#report = report;
    this.#values = { ...unset(table) };
  }

  get values(): Values<T> {
    return this.#values as Values<T>;
  }

  /** The row of a word, undefined where it is no keyword. A deprecated one is told. */
  row({ text, span }: Word): Keyword | undefined {
    const row = Object.hasOwn(this.#table, text) ? this.#table[text] : undefined;
    if (row !== undefined && row.insteadOf !== null) {
      const { insteadOf, isRefused } = row;
      // The same with another name: then only the name has to be changed.
      const edits = insteadOf === row.sameAs ? [{ span, text: insteadOf }] : [];
      this.#report(
        finding(isRefused ? DEPRECATED_KEYWORD : OLD_SPELLING, span, `'${text}' is deprecated`, {
          help: `write ${insteadOf}`,
          edits,
        }),
      );
    }
    return row;
  }

  /** An error is told of what `name` says, or of a word that may mean it. */
  blame(name: string): void {
    this.#values[BLAMED] ??= new Set();
    this.#values[BLAMED].add(this.#table[name]?.sameAs ?? name);
  }

  add({ text, span }: Word, row: Keyword, setting: Setting<unknown>): void {
    const name = row.sameAs ?? text;
    const before = this.#values[name];
    if (Array.isArray(before)) {
      if (before === NONE) this.#values[name] = [setting];
      else before.push(setting);
      return;
    }
    if (before && row.isJoined && row.takes.table !== undefined) {
      const joined = new Settings(row.takes.table, this.#report);
      joined.#addAll(before.value as Values<Table>);
      joined.#addAll(setting.value as Values<Table>);
      this.#values[name] = { ...before, value: joined.values };
      return;
    }
    if (before) {
      const kind = row.isFirst
        ? IGNORED_AGAIN
        : row.isReplaced
          ? REPLACED_AGAIN
          : OVERWRITTEN_SETTING;
      const message = row.isFirst
        ? `'${text}' was written before, and the first one counts`
        : `'${text}' replaces what was written before`;
      const related = [{ span: before.keyword, message: "first written here" }];
      this.#report(finding(kind, span, message, { related }));
      if (row.isFirst) return;
    }
    this.#values[name] = setting;
  }

  #addAll(values: Values<Table>): void {
    for (const name of (values as Blamed)[BLAMED] ?? []) this.blame(name);
    for (const [name, written] of Object.entries(values)) {
      const row = this.#table[name] as Keyword;
      const settings: readonly (Setting<unknown> | null)[] = Array.isArray(written)
        ? written
        : [written as Setting<unknown> | null];
      for (const setting of settings) {
        if (setting) this.add({ text: name, span: setting.keyword, isQuoted: false }, row, setting);
      }
    }
  }
}

/** Where nothing is written. A file has many blocks and entries of few tables. */
function unset(table: Table): Readonly<Record<string, typeof NONE | null>> {
  const known = UNSET.get(table);
  if (known !== undefined) return known;
  const rows = Object.entries(table).map(([name, { isMany }]) => [name, isMany ? NONE : null]);
  const made: ReturnType<typeof unset> = Object.fromEntries(rows);
  UNSET.set(table, made);
  return made;
}

/** Settings of a keyword that is not written, the same for all. */
const NONE: Setting<unknown>[] = [];
const UNSET = new WeakMap<Table, ReturnType<typeof unset>>();
