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
  const { all, ofOthers } = planOf(table);
  for (const { name, global, fallback } of all) {
    const value = said[name] as Setting<unknown> | readonly Setting<unknown>[] | null;
    if (isList(value)) {
      const entries = value.flatMap(entriesOf);
      result[name] = entries.length === 0 && fallback.value !== null ? [fallback] : entries;
    } else if (value !== null) result[name] = written(value);
    else result[name] = global === null ? fallback : inheritedFrom(globals, global, "global_defs");
  }
  for (const { name, other } of ofOthers) {
    if (said[name] === null) result[name] = inheritedFrom(result, other, other);
  }
  return result as Effective<T>;
}

/** Where a row's value comes from without words of its own; worked out once for each table. */
interface Plan {
  readonly all: readonly {
    readonly name: string;
    readonly global: string | null; // its keyword in global_defs
    readonly fallback: InForce<unknown>;
  }[];
  readonly ofOthers: readonly { readonly name: string; readonly other: string }[]; // another keyword of the table
}

function planOf(table: Table): Plan {
  const known = PLANS.get(table);
  if (known !== undefined) return known;
  const rows = Object.entries(table);
  const plan: Plan = {
    all: rows.map(([name, row]) => ({
      name,
      global: /^(\S+) of global_defs$/.exec(row.default ?? "")?.[1] ?? null,
      fallback: byDefault(defaultOf(row)),
    })),
    ofOthers: rows.flatMap(([name, row]) => {
      const other = /^that of (\w+)/.exec(row.default ?? "")?.[1];
      return other === undefined ? [] : [{ name, other }];
    }),
  };
  PLANS.set(table, plan);
  return plan;
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

function inheritedFrom(block: Inheritance, name: string, from: string): InForce<unknown> {
  const value = block[name];
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
