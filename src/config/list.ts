/** Blocks that list things: each line, or each word, is an entry and no keyword. */
import { complainOfTheRest } from "./block.ts";
import { BAD_NAME, EMPTY_LIST, EXTRA_BLOCK_WORDS } from "./codes/values.ts";
import { NO_BLOCK } from "./codes/words.ts";
import type { Argument, Setting } from "./keyword.ts";
import { spanOver } from "./place.ts";
import { Reading } from "./reading.ts";
import type { Statement } from "./statement.ts";

/** `{ ENTRY ... }`, one on each line. */
export const listOf = <V>(entry: Argument<V>): Argument<readonly Setting<V>[]> => ({
  usage: `{ ${entry.usage} ... }`,
  ...(entry.table !== undefined && { table: entry.table }),
  read(reading) {
    return statementsOf(reading)?.flatMap((statement) => {
      const line = new Reading(statement, reading.report, 0);
      const value = entry.read(line);
      if (value === undefined) return [];
      const setting = { value, keyword: statement.words[0].span, span: line.span };
      complainOfTheRest(line, entry.usage);
      return [setting];
    });
  },
});

/** `{ NAME ... }`, any number of them on a line. */
export const listOfWords = <V>(entry: Argument<V>): Argument<readonly Setting<V>[]> => ({
  usage: `{ ${entry.usage} ... }`,
  read(reading) {
    return statementsOf(reading)?.flatMap((statement) => {
      const line = new Reading(statement, reading.report, 0);
      const settings: Setting<V>[] = [];
      for (let word = line.peek(); word !== undefined; word = line.peek()) {
        const value = entry.read(line);
        if (value !== undefined) settings.push({ value, keyword: word.span, span: word.span });
      }
      complainOfTheRest(line, entry.usage);
      return settings;
    });
  },
});

/** A list that means nothing without an entry. */
export const notEmpty = <V>(list: Argument<V>): Argument<V> => ({
  ...list,
  read(reading) {
    const { block, keyword } = reading;
    if (block?.statements.length === 0 && reading.peek() === undefined) {
      reading.refuse(EMPTY_LIST, keyword.span, `'${keyword.text}' has no entry`);
    }
    return list.read(reading);
  },
});

/** One name, of a block or a line that keepalived skips when more than one word is there. */
export const onlyName = (usage: string): Argument<string> => ({
  usage,
  read(reading) {
    const name = reading.take();
    const [first, ...more] = reading.takeAll();
    if (name !== undefined && first === undefined) return name.text;
    const span = first && spanOver(first.span, more.at(-1)?.span ?? first.span);
    const message = `'${reading.keyword.text}' needs one name behind it`;
    const help =
      name && `write "${name.text} ${[first, ...more].map((word) => word?.text).join(" ")}"`;
    reading.refuse(BAD_NAME, span ?? reading.end, message, { help: help ?? null });
    return name?.text;
  },
});

function statementsOf(reading: Reading): readonly Statement[] | undefined {
  const { block, keyword } = reading;
  const [first, ...more] = reading.takeAll();
  if (first !== undefined) {
    const span = spanOver(first.span, more.at(-1)?.span ?? first.span);
    const message = `'${keyword.text}' takes its entries between braces`;
    const words = [first, ...more].map(({ text }) => text).join(" ");
    const help = `write ${keyword.text} { ${words} }`;
    reading.refuse(EXTRA_BLOCK_WORDS, span, message, { help });
  }
  if (block !== null) return block.statements;
  return reading.refuse(NO_BLOCK, reading.end, `'${keyword.text}' has no { behind it`);
}
