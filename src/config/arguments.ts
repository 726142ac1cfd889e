/** The plain arguments of keywords: numbers, times, flags, names, addresses. */
import { type IpBytes, parseIp } from "../core/addr.ts";
import { isInterfaceName, MAX_U32, parseNumber } from "../core/clauses.ts";
import { didYouMean } from "../core/closest.ts";
import { SEMICOLON_IN_NAME } from "./codes/meant.ts";
import {
  MISSING_ARGUMENT,
  NOT_A_NUMBER,
  NOT_AN_ADDRESS,
  NOT_AN_INTERFACE,
  NOT_ONE_OF,
  NUMBER_MOVED,
  NUMBER_WITH_TAIL,
  OUT_OF_RANGE,
  TOO_MANY_DECIMALS,
} from "./codes/values.ts";
import type { Argument } from "./keyword.ts";
import type { Reading } from "./reading.ts";
import type { Word } from "./statement.ts";

/** What a number becomes that keepalived moves into the range: some of them, or each. */
export type Moved = Readonly<Record<number, number>> | "nearest";

/** One decimal number without a fraction, as strtol base 10 reads it. */
export const integer = (min: number, max: number, moved: Moved = {}): Argument<number> =>
  oneWord(`${min}..${max}`, (word, reading) => {
    const digits = /^[+-]?\d+/.exec(word.text)?.[0];
    return numberIn(word, digits, min, max, "a whole number", moved, reading);
  });

/** Decimal seconds with up to six digits behind the point. @returns milliseconds, fractions kept */
export const seconds = (min: number, max: number): Argument<number> =>
  oneWord(`SECONDS ${min}..${max}`, (word, reading) => {
    const value = decimal(word, 6, min, max, "a number of seconds", reading);
    return value === undefined ? undefined : Math.round(value * 1e6) / 1e3;
  });

/** Decimal milliseconds with up to three digits behind the point. */
export const milliseconds = (min: number, max: number): Argument<number> =>
  oneWord(`MILLISECONDS ${min}..${max}`, (word, reading) => {
    const value = decimal(word, 3, min, max, "a number of milliseconds", reading);
    return value === undefined ? undefined : Math.round(value * 1e3) / 1e3;
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

/** A UDP or TCP port. */
export const port = integer(1, 65_535);

/** Any one word. */
export const text = (usage: string): Argument<string> => oneWord(usage, (word) => word.text);

export const oneOf = <W extends string>(...words: readonly [W, ...W[]]): Argument<W> =>
  oneWordOf(words, (word) => word);

/** The same, and the case does not matter. */
export const oneOfAnyCase = <W extends string>(...words: readonly [W, ...W[]]): Argument<W> =>
  oneWordOf(words, (word) => word.toLowerCase());

const oneWordOf = <W extends string>(
  words: readonly [W, ...W[]],
  fold: (word: string) => string,
): Argument<W> =>
  oneWord(words.join("|"), (word, reading) => {
    const found = words.find((one) => fold(one) === fold(word.text));
    if (found !== undefined) return found;
    const guess = didYouMean(word.text, words);
    const either = [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" or ");
    const message = `'${word.text}' is not ${either}${guess}`;
    return reading.refuse(NOT_ONE_OF, word.span, message);
  });

/** An address without a prefix. */
export const address: Argument<IpBytes> = oneWord("ADDRESS", (word, reading) => {
  const ip = parseIp(word.text);
  return ip ?? reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no address`);
});

/** A name that the kernel lets an interface have; whether there is one is another matter. */
export const interfaceName: Argument<string> = oneWord("INTERFACE", (word, reading) => {
  if (word.text.endsWith(";")) {
    const help = `write ${word.text.slice(0, -1)}`;
    reading.refuse(SEMICOLON_IN_NAME, word.span, `the ; is a letter of '${word.text}'`, { help });
  }
  if (isInterfaceName(word.text)) return word.text;
  const message = `'${word.text}' is no name of an interface: at most 15 characters, no slash, colon or blank`;
  return reading.refuse(NOT_AN_INTERFACE, word.span, message);
});

/** A number of the kernel that the files of iproute2 may give a name; names are not looked up here. */
export const numberOrName = (max: number, tooLarge = OUT_OF_RANGE): Argument<number | string> =>
  oneWord("NUMBER|NAME", (word, reading) =>
    /^[a-z_]/i.test(word.text) ? word.text : anyBase(max, word, reading, tooLarge),
  );

/** A number in decimal, in octal behind 0, or in hex behind 0x. */
export const unsigned = (max: number = MAX_U32): Argument<number> =>
  oneWord(`0..${max}`, (word, reading) => anyBase(max, word, reading));

/** Lets an argument be left out. @param absent its value then */
export const optional = <V, D>(argument: Argument<V>, absent: D): Argument<V | D> => ({
  usage: `[${argument.usage}]`,
  read: (reading) => (reading.peek() === undefined ? absent : argument.read(reading)),
});

/** Where what is written does not count, keepalived goes on with a value of its own. */
export const insteadOfRefused = <V>(argument: Argument<V>, otherwise: V): Argument<V> => ({
  ...argument,
  read: (reading) => argument.read(reading) ?? otherwise,
});

/** An argument that is one word. */
export function oneWord<V>(
  usage: string,
  read: (word: Word, reading: Reading) => V | undefined,
  format?: (value: V) => string,
): Argument<V> {
  return {
    usage,
    ...(format !== undefined && { format }),
    read(reading) {
      const word = reading.take();
      if (word !== undefined) return read(word, reading);
      const message = `'${reading.keyword.text}' needs ${usage} behind it`;
      return reading.refuse(MISSING_ARGUMENT, reading.end, message);
    },
  };
}

function anyBase(
  max: number,
  word: Word,
  reading: Reading,
  tooLarge = OUT_OF_RANGE,
): number | undefined {
  const text = word.text.replace(/^\+/, "");
  const value = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : parseNumber(text);
  if (value === undefined && !/^-\d+$/.test(text)) {
    return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no number`);
  }
  if (value !== undefined && value <= max) return value;
  return reading.refuse(tooLarge, word.span, `${word.text} is outside 0..${max}`);
}

function decimal(
  word: Word,
  digits: number,
  min: number,
  max: number,
  what: string,
  reading: Reading,
): number | undefined {
  const [number, , fraction = ""] = /^\+?(?:\d+(\.(\d*))?|\.\d+)/.exec(word.text) ?? [];
  const value = numberIn(word, number, min, max, what, {}, reading);
  if (value !== undefined && fraction.length > digits) {
    const message = `${word.text} has more than ${digits} digits behind the point`;
    reading.refuse(TOO_MANY_DECIMALS, word.span, message);
  }
  return value;
}

/** @param digits what of the word is a number; undefined: nothing */
function numberIn(
  word: Word,
  digits: string | undefined,
  min: number,
  max: number,
  what: string,
  moved: Moved,
  reading: Reading,
): number | undefined {
  const value = Number(digits);
  const isInRange = value >= min && value <= max;
  const isWhole = digits === word.text;
  if (digits === undefined || (!isWhole && !isInRange)) {
    return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is not ${what}`);
  }
  if (!isWhole) {
    const message = `'${word.text}' is not ${what}: '${word.text.slice(digits.length)}' is too much`;
    reading.refuse(NUMBER_WITH_TAIL, word.span, message);
  }
  if (isInRange) return value;
  const instead = moved === "nearest" ? Math.min(Math.max(value, min), max) : moved[value];
  if (instead !== undefined) {
    const message = `${word.text} is outside ${min}..${max}, and becomes ${instead}`;
    reading.refuse(NUMBER_MOVED, word.span, message);
    return instead;
  }
  return reading.refuse(OUT_OF_RANGE, word.span, `${word.text} is outside ${min}..${max}`);
}
