/** Keywords within a line, `dev eth0 scope link`, by a table as in a block. */
import { closest } from "../core/closest.ts";
import { UNKNOWN_OPTION } from "./codes/values.ts";
import type { Argument, Table, Values } from "./keyword.ts";
import type { Reading } from "./reading.ts";
import { Settings } from "./settings.ts";
import type { Word } from "./statement.ts";

/** As far as they go: the first word that is none of them is left. */
export const options = <T extends Table>(table: T): Argument<Values<T>> => ({
  usage: usageOf(table),
  table,
  read: (reading) => readOptions(reading, table, () => false).values,
});

/**
 * @param other takes a word that is no keyword, or answers false: then reading ends in front of it
 * @returns isWhole: nothing was wrong with any of them
 */
export function readOptions<T extends Table>(
  reading: Reading,
  table: T,
  other: (word: Word) => boolean,
): { values: Values<T>; isWhole: boolean } {
  const settings = new Settings(table, reading.report);
  let isWhole = true;
  for (let word = reading.peek(); word !== undefined; word = reading.peek()) {
    const keyword = word;
    const row = settings.row(keyword);
    if (row === undefined) {
      if (other(keyword)) continue;
      break;
    }
    reading.within(keyword, () => {
      const value = row.takes.read(reading);
      if (value === undefined) isWhole = false;
      else settings.add(keyword, row, { value, keyword: keyword.span, span: reading.span });
    });
  }
  return { values: settings.values, isWhole };
}

/** Reports a word that is not among those of the table. */
export function refuseOption(reading: Reading, word: Word, table: Table, entry: string): undefined {
  const guess = closest(word.text, Object.keys(table));
  const hint = guess === undefined ? "" : ` (did you mean '${guess}'?)`;
  const message = `'${word.text}' means nothing in ${entry}${hint}`;
  return reading.refuse(UNKNOWN_OPTION, word.span, message);
}

export const usageOf = (table: Table): string =>
  Object.entries(table)
    .filter(([, { sameAs }]) => sameAs === null)
    .map(([name, { takes }]) => `[${takes.usage === "" ? name : `${name} ${takes.usage}`}]`)
    .join(" ");
