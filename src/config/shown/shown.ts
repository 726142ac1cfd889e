/** What is in force as blocks of lines, as a keepalived.conf would have them: each value as text, and where it comes from. */
import { effectiveOf } from "../effective/defaults.ts";
import { type InForce, type Origin, spanOf } from "../effective/in-force.ts";
import type { Keyword, Table, Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import { valueText, wordText, writtenText } from "./value-text.ts";

export interface ShownLine {
  readonly keyword: string; // "" of an entry
  readonly text: string | null; // null: keepalived drops it
  readonly origin: Origin;
  readonly was: string | null; // what stood there before it was corrected, where that is another text
}

export interface ShownBlock {
  readonly keyword: string;
  readonly name: string; // "" where it has none
  readonly origin: Origin | null; // of the name; null: its lines tell
  readonly was?: string | null; // its name before that was corrected
  readonly lines: Shown;
}

export type Shown = readonly (ShownLine | ShownBlock)[];

export const writtenAt = (span: Span): Origin => ({ kind: "written", span });

export const namedBlock = (
  keyword: string,
  name: string,
  span: Span,
  lines: Shown,
): ShownBlock => ({
  keyword,
  name: wordText(name),
  origin: writtenAt(span),
  lines,
});

/**
 * A line for each keyword of the table that is in force, and a block for one that is a block.
 * @param apart keywords that are shown in another way
 */
export function linesOf(
  table: Table,
  values: object,
  apart: ReadonlySet<string> = new Set(),
): (ShownLine | ShownBlock)[] {
  const all: Readonly<Record<string, unknown>> = { ...values };
  return Object.entries(table).flatMap(([keyword, row]) => {
    if (row.sameAs !== null || apart.has(keyword)) return [];
    const own = [all[keyword] ?? []].flat() as InForce<unknown>[];
    return isList(row)
      ? listOf(keyword, own, (_, entry) => valueText(row, entry) ?? "")
      : own.flatMap((one) => shownOf(keyword, row, one));
  });
}

/** Whose entries stand between braces. */
const isList = ({ isMany, takes: { usage } }: Keyword): boolean =>
  isMany && usage.startsWith("{ ") && usage !== BLOCK;

function shownOf(keyword: string, row: Keyword, one: InForce<unknown>): (ShownLine | ShownBlock)[] {
  const { value, origin } = one;
  const { table, usage } = row.takes;
  if (table !== undefined && usage === BLOCK && value !== null) {
    const lines = linesOf(table, effectiveOf(table, value as Values<Table>));
    return [{ keyword, name: "", origin, lines }];
  }
  const text = textOf(keyword, row, one);
  const before = origin.kind === "corrected" ? textOf(keyword, row, origin.from) : undefined;
  if (text === undefined && before === undefined) return [];
  const was = before === undefined || before === "" || before === text ? null : before;
  return [{ keyword, text: text ?? null, origin, was }];
}

const BLOCK = "{ ... }";

/** Where nothing stands behind the keyword it is itself what was written. */
function textOf(keyword: string, row: Keyword, one: InForce<unknown>): string | undefined {
  const text = valueText(row, one);
  return text === keyword ? "" : text;
}

/** A block of entries. */
export function listOf<V>(
  keyword: string,
  entries: readonly InForce<V>[],
  textOf: (value: V, entry: InForce<V>) => string,
): ShownBlock[] {
  const lines = entries.map((entry) => entryOf(textOf(entry.value, entry), entry.origin));
  return lines.length === 0 ? [] : [{ keyword, name: "", origin: null, lines }];
}

export const entryOf = (text: string, origin: Origin): ShownLine => ({
  keyword: "",
  text,
  origin,
  was: null,
});

/** Of what has clauses of its own the words in which it is written. */
export const writtenList = (keyword: string, entries: readonly InForce<unknown>[]): ShownBlock[] =>
  listOf(keyword, entries, (_, { origin }) => {
    const span = spanOf(origin);
    return span === null ? "" : writtenText(span);
  });

/** Without what nobody wrote: defaults, and what is written elsewhere and inherited. */
export const asWritten = (shown: Shown): Shown =>
  shown.flatMap((one): Shown => {
    if (!("lines" in one)) return isWritten(one) ? [one] : [];
    const lines = asWritten(one.lines);
    return lines.length === 0 && one.origin === null ? [] : [{ ...one, lines }];
  });

/** An entry is itself written, wherever its weight is. */
const isWritten = ({ keyword, origin: { kind } }: ShownLine): boolean =>
  keyword === "" || kind === "written" || kind === "corrected";
