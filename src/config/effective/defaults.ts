/** What a block has in force by its table alone: what is written, what global_defs says, the defaults of the rows. */
import type { Keyword, Setting, Table, Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import { Reading } from "../reading.ts";
import { SourceText } from "../source-text.ts";
import type { Word } from "../statement.ts";
import { byDefault, type Effective, type InForce, inherited, written } from "./in-force.ts";

/** What global_defs has in force, by its keywords. */
export type Inheritance = Readonly<Record<string, Inherited>>;
type Inherited = InForce<unknown> | readonly InForce<unknown>[] | undefined;

/** @param more what else the block has: the same keys for each block of a table */
export function effectiveOf<T extends Table, M extends object = object>(
  table: T,
  values: Values<T>,
  globals: Inheritance = {},
  more?: M,
): Effective<T> & M {
  const said: Readonly<Record<string, unknown>> = values;
  const { blank, ofGlobals, ofOthers } = planOf(table, more ?? {});
  // A copy that has all keys already: to add one to so many takes longer than all else here.
  const result: Record<string, unknown> = { ...blank };
  for (const { name, global } of ofGlobals) {
    result[name] = inheritedFrom(globals[global], "global_defs");
  }
  for (const name in said) {
    const value = said[name] as Setting<unknown> | readonly Setting<unknown>[] | null;
    if (value === null) continue;
    const entries = isList(value) ? value.flatMap(entriesOf) : null;
    if (entries === null) result[name] = written(value as Setting<unknown>);
    else if (entries.length > 0) result[name] = entries;
  }
  for (const { name, other } of ofOthers) {
    if (said[name] === null) result[name] = inheritedFrom(result[other] as Inherited, other);
  }
  for (const name in more) result[name] = more[name];
  return result as Effective<T> & M;
}

/** Where a row's value comes from without words of its own; worked out once for each table. */
interface Plan {
  readonly blank: object; // a block in which nothing is written
  readonly ofGlobals: readonly { readonly name: string; readonly global: string }[]; // its keyword in global_defs
  readonly ofOthers: readonly { readonly name: string; readonly other: string }[]; // another keyword of the table
}

function planOf(table: Table, more: object): Plan {
  const known = PLANS.get(table);
  if (known !== undefined) return known;
  const rows = Object.entries(table);
  const plan: Plan = {
    blank: Object.fromEntries([
      ...rows.map(([name, row]) => [name, unwritten(row)]),
      ...Object.keys(more).map((name) => [name, null]),
    ]),
    ofGlobals: rows.flatMap(([name, row]) => {
      const global = /^(\S+) of global_defs$/.exec(row.default ?? "")?.[1];
      return global === undefined ? [] : [{ name, global }];
    }),
    ofOthers: rows.flatMap(([name, row]) => {
      const other = /^that of (\w+)/.exec(row.default ?? "")?.[1];
      return other === undefined ? [] : [{ name, other }];
    }),
  };
  PLANS.set(table, plan);
  return plan;
}

function unwritten(row: Keyword): InForce<unknown> | readonly InForce<unknown>[] {
  const value = byDefault(defaultOf(row));
  if (!row.isMany) return value;
  return value.value === null ? [] : [value];
}

const PLANS = new WeakMap<Table, Plan>();

/** What is read from a block that there is not. */
export const nothingOf = <T extends Table>(table: T): Values<T> =>
  Object.fromEntries(
    Object.entries(table).map(([name, { isMany }]) => [name, isMany ? [] : null]),
  ) as Values<T>;

const isList = <V>(value: V | readonly V[]): value is readonly V[] => Array.isArray(value);

/** A keyword that lists things adds its entries, any other one itself. */
const entriesOf = (setting: Setting<unknown>): InForce<unknown>[] =>
  isList(setting.value) && setting.value.every(isSetting)
    ? setting.value.map(written)
    : [written(setting)];

const isSetting = (entry: unknown): entry is Setting<unknown> =>
  typeof entry === "object" && entry !== null && "keyword" in entry && "span" in entry;

function inheritedFrom(value: Inherited, from: string): InForce<unknown> {
  return value === undefined || isList(value) ? byDefault(null) : inherited(from, value);
}

/** The default of a row, read as if it were written; null where the row tells it in words. */
function defaultOf(row: Keyword): unknown {
  if (row.default === null) return null;
  const text = SourceText.standingFor(`default ${row.default}`, NOWHERE);
  const [keyword, ...more] = [...text.text.matchAll(/\S+/g)].map(
    ([word]): Word => ({ text: word, span: NOWHERE, isQuoted: false }),
  );
  let isValue = true;
  const reading = new Reading({ words: [keyword as Word, ...more], text, block: null }, () => {
    isValue = false;
  });
  const value = row.takes.read(reading);
  return isValue && reading.peek() === undefined ? (value ?? null) : null;
}

const NOWHERE: Span = {
  place: { file: { path: "", lines: [], includedFrom: null }, line: 1, column: 1, definedAt: null },
  length: 0,
};
