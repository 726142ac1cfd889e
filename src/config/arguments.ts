/** The plain arguments of keywords: numbers, times, flags, names, addresses. */
import { type IpBytes, parseIp } from "../core/addr.ts";
import { didYouMean } from "../core/closest.ts";
import {
  MISSING_ARGUMENT,
  NOT_A_NUMBER,
  NOT_AN_ADDRESS,
  NOT_ONE_OF,
  OUT_OF_RANGE,
} from "./codes/values.ts";
import type { Argument } from "./keyword.ts";
import type { Reading } from "./reading.ts";
import type { Word } from "./statement.ts";

/** One decimal number without a fraction, as strtol base 10 reads it. */
export const integer = (min: number, max: number): Argument<number> =>
  oneWord(`${min}..${max}`, (word, reading) => {
    if (!/^[+-]?\d+$/.test(word.text)) {
      return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no whole number`);
    }
    return within(Number(word.text), min, max, word, reading);
  });

/** Decimal seconds with up to six digits behind the point. @returns milliseconds, fractions kept */
export const seconds = (min: number, max: number): Argument<number> =>
  oneWord(`SECONDS ${min}..${max}`, (word, reading) => {
    if (!/^\+?(\d+(\.\d*)?|\.\d+)$/.test(word.text)) {
      return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no number of seconds`);
    }
    const value = within(Number(word.text), min, max, word, reading);
    return value === undefined ? undefined : Math.round(value * 1e6) / 1e3;
  });

/** `on`, `true`, `yes` or nothing; `off`, `false`, `no`. */
export const flag: Argument<boolean> = {
  usage: "[on|off]",
  read(reading) {
    const word = reading.peek();
    if (word === undefined) return true;
    reading.take();
    if (["on", "true", "yes"].includes(word.text)) return true;
    if (["off", "false", "no"].includes(word.text)) return false;
    return reading.refuse(NOT_ONE_OF, word.span, `'${word.text}' is neither on nor off`);
  },
};

/** A keyword whose presence is all that it says. */
export const present: Argument<true> = { usage: "", read: () => true };

/** Any one word. */
export const text = (usage: string): Argument<string> => oneWord(usage, (word) => word.text);

export const oneOf = <W extends string>(...words: readonly [W, ...W[]]): Argument<W> =>
  oneWord(words.join("|"), (word, reading) => {
    const found = words.find((one) => one === word.text);
    if (found !== undefined) return found;
    const guess = didYouMean(word.text, words);
    const message = `'${word.text}' is not ${words.join(", ")}${guess}`;
    return reading.refuse(NOT_ONE_OF, word.span, message);
  });

/** An address without a prefix. */
export const address: Argument<IpBytes> = oneWord("ADDRESS", (word, reading) => {
  const ip = parseIp(word.text);
  return ip ?? reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no address`);
});

/** Lets an argument be left out. @param absent its value then */
export const optional = <V, D>(argument: Argument<V>, absent: D): Argument<V | D> => ({
  usage: `[${argument.usage}]`,
  read: (reading) => (reading.peek() === undefined ? absent : argument.read(reading)),
});

/** An argument that is one word. */
export function oneWord<V>(
  usage: string,
  read: (word: Word, reading: Reading) => V | undefined,
): Argument<V> {
  return {
    usage,
    read(reading) {
      const word = reading.take();
      if (word !== undefined) return read(word, reading);
      const message = `'${reading.keyword.text}' needs ${usage} behind it`;
      return reading.refuse(MISSING_ARGUMENT, reading.end, message);
    },
  };
}

function within(
  value: number,
  min: number,
  max: number,
  word: Word,
  reading: Reading,
): number | undefined {
  if (value >= min && value <= max) return value;
  const message = `${word.text} is outside ${min}..${max}`;
  return reading.refuse(OUT_OF_RANGE, word.span, message);
}
