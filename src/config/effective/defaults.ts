/** What a block has in force by its table alone: what is written, what global_defs says, the defaults of the rows. */
import type { Keyword, Setting, Table, Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import { Reading } from "../reading.ts";
import { SourceText } from "../source-text.ts";
import type { Word } from "../statement.ts";
import { byDefault, type Effective, type InForce, inherited, written } from "./in-force.ts";

/** What global_defs has in force, by its keywords. */
export type Inheritance = Readonly<Record<string, InForce<unknown> | readonly InForce<unknown>[]>>;

export function effectiveOf<T extends Table>(
  table: T,
  values: Values<T>,
  globals: Inheritance = {},
): Effective<T> {
  const said: Readonly<Record<string, unknown>> = values;
  const result: Record<string, InForce<unknown> | readonly InForce<unknown>[]> = {};
  for (const [name, row] of Object.entries(table)) {
    const value = said[name] as Setting<unknown> | readonly Setting<unknown>[] | null;
    if (isList(value)) result[name] = value.flatMap(entriesOf);
    else result[name] = value === null ? withoutWords(row, globals) : written(value);
  }
  for (const [name, row] of Object.entries(table)) {
    const other = /^that of (\w+)/.exec(row.default ?? "")?.[1];
    if (said[name] === null && other !== undefined)
      result[name] = inheritedFrom(result, other, other);
  }
  return result as Effective<T>;
}

/** What is read from a block that there is not. */
export const nothingOf = <T extends Table>(table: T): Values<T> =>
  Object.fromEntries(
    Object.entries(table).map(([name, { isMany }]) => [name, isMany ? [] : null]),
  ) as Values<T>;

const isList = <V>(value: V | readonly V[]): value is readonly V[] => Array.isArray(value);

/** A keyword that lists things adds its entries, any other one itself. */
const entriesOf = (setting: Setting<unknown>): InForce<unknown>[] =>
  isList(setting.value)
    ? (setting.value as readonly Setting<unknown>[]).map(written)
    : [written(setting)];

function withoutWords(row: Keyword, globals: Inheritance): InForce<unknown> {
  const name = /^(\S+) of global_defs$/.exec(row.default ?? "")?.[1];
  if (name !== undefined) return inheritedFrom(globals, name, "global_defs");
  return byDefault(defaultOf(row));
}

function inheritedFrom(block: Inheritance, name: string, from: string): InForce<unknown> {
  const value = block[name];
  return value === undefined || isList(value) ? byDefault(null) : inherited(from, value);
}

/** The default of a row, read as if it were written; null where the row tells it in words. */
function defaultOf(row: Keyword): unknown {
  const known = DEFAULTS.get(row);
  if (known !== undefined) return known;
  const text = SourceText.standingFor(`default ${row.default}`, NOWHERE);
  const [keyword, ...more] = [...text.text.matchAll(/\S+/g)].map(
    ([word]): Word => ({ text: word, span: NOWHERE, isQuoted: false }),
  );
  let isValue = row.default !== null;
  const reading = new Reading({ words: [keyword as Word, ...more], text, block: null }, () => {
    isValue = false;
  });
  const value = isValue ? row.takes.read(reading) : undefined;
  const read = isValue && reading.peek() === undefined ? (value ?? null) : null;
  DEFAULTS.set(row, read);
  return read;
}

const DEFAULTS = new WeakMap<Keyword, unknown>();

const NOWHERE: Span = {
  place: { file: { path: "", lines: [], includedFrom: null }, line: 1, column: 1, definedAt: null },
  length: 0,
};
