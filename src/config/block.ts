/** Reads the statements of a block by a table of keywords. */
import { closest } from "../core/closest.ts";
import { MISSING_KEYWORD, OFF_IS_ON } from "./codes/values.ts";
import { NO_BLOCK, UNEXPECTED_BLOCK, UNKNOWN_KEYWORD, UNUSED_WORDS } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import { INCLUDES } from "./include.ts";
import type { Argument, Table, Values } from "./keyword.ts";
import { spanOver } from "./place.ts";
import { Reading } from "./reading.ts";
import { Settings } from "./settings.ts";
import type { Statement, Word } from "./statement.ts";

/** A block with keywords inside. */
export const blockOf = <T extends Table>(table: T): Argument<Values<T>> => ({
  usage: "{ ... }",
  table,
  read(reading) {
    const { block, keyword } = reading;
    if (block === null) {
      return reading.refuse(NO_BLOCK, reading.end, `'${keyword.text}' has no { behind it`);
    }
    return readBlock(block.statements, table, keyword.text, reading.report);
  },
});

/** A block that means nothing without some of its keywords. Whether they are right is told at them. */
export const needing = <V>(body: Argument<V>, ...names: readonly string[]): Argument<V> => ({
  ...body,
  read(reading) {
    const { keyword, block } = reading;
    const written = new Set(block?.statements.map(({ words }) => words[0].text));
    for (const name of names) {
      if (block === null || written.has(name)) continue;
      reading.refuse(MISSING_KEYWORD, keyword.span, `'${keyword.text}' lacks '${name}'`);
    }
    return body.read(reading);
  },
});

/** What both arguments read, one after the other: the name of a block and the block. */
export const named = <N, B>(
  name: Argument<N>,
  body: Argument<B>,
): Argument<{ name: N; body: B }> => ({
  usage: `${name.usage} ${body.usage}`,
  ...(body.table !== undefined && { table: body.table }),
  read(reading) {
    const read = name.read(reading);
    const inside = body.read(reading);
    return read === undefined || inside === undefined ? undefined : { name: read, body: inside };
  },
});

/** @param where the keyword of the block, for messages; "" outside all blocks */
export function readBlock<T extends Table>(
  statements: readonly Statement[],
  table: T,
  where: string,
  report: Report,
): Values<T> {
  const settings = new Settings(table, report);
  let unknowns = 0;
  for (const statement of statements) {
    const [keyword] = statement.words;
    const row = settings.row(keyword);
    if (row === undefined) {
      unknowns += 1;
      const guess = unknowns > MOST_GUESSED ? undefined : likest(statement, table, where);
      if (guess !== undefined) settings.blame(guess);
      report(unknown(keyword, guess, where));
      continue;
    }
    const reading = new Reading(statement, (one) => {
      if (one.kind.severity === "error") settings.blame(keyword.text);
      report(one);
    });
    const value = row.takes.read(reading);
    if (value === undefined) continue;
    settings.add(keyword, row, { value, keyword: keyword.span, span: reading.span });
    complainOfTheRest(reading, row.takes.usage, table);
  }
  return settings.values;
}

/** An include may stand anywhere; `nb_get_retry` may be `retry`, and the block `track_process` outside of all `vrrp_track_process`. */
function likest({ words, block }: Statement, table: Table, where: string): string | undefined {
  const word = words[0].text;
  const known = Object.keys(table);
  if (where === "" && block !== null && Object.hasOwn(table, `vrrp_${word}`)) return `vrrp_${word}`;
  return (
    closest(word, [...known, ...INCLUDES]) ??
    known.filter((one) => word.endsWith(`_${one}`)).sort((a, b) => b.length - a.length)[0]
  );
}

function unknown(keyword: Word, guess: string | undefined, where: string) {
  const inside = where === "" ? "" : ` in ${where}`;
  const hint = guess === undefined ? "" : ` (did you mean '${guess}'?)`;
  const message = `unknown keyword '${keyword.text}'${inside}${hint}`;
  return finding(UNKNOWN_KEYWORD, keyword.span, message);
}

/** Words and a block that the argument did not read. @param table of the block: its keywords stand on lines of their own */
export function complainOfTheRest(reading: Reading, usage: string, table: Table = {}): void {
  const first = reading.peek();
  const { text } = reading.keyword;
  const { words } = reading.statement;
  const isCrowded =
    first !== undefined && words.slice(1).some((word) => Object.hasOwn(table, word.text));
  const more = isCrowded ? { help: "write each keyword on a line of its own" } : {};
  if (first !== undefined) {
    const span = spanOver(first.span, (reading.takeAll().at(-1) ?? first).span);
    if (usage === "" && OFF.includes(first.text)) {
      const help = "leave the keyword out";
      reading.refuse(OFF_IS_ON, span, `'${text} ${first.text}' switches it on`, { help });
    } else
      reading.refuse(
        UNUSED_WORDS,
        span,
        `'${text}' takes ${usage === "" ? "nothing" : usage}`,
        more,
      );
  }
  if (reading.block !== null && !usage.includes("{")) {
    reading.refuse(UNEXPECTED_BLOCK, reading.block.open, `'${text}' takes no block`, more);
  }
}

const OFF = ["off", "false", "no"];

/** A file in another language has unknown words without end, and to guess takes its time. */
const MOST_GUESSED = 100;
