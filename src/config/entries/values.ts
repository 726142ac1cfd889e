/** Values that only routes and rules have: realms, ranges, metrics that the kernel may not change. */
import { MAX_U32, parseNumber } from "../../core/clauses.ts";
import { oneWord } from "../arguments.ts";
import { NOT_A_NUMBER, OUT_OF_RANGE, TIME_RAISED, WRAPPED_NUMBER } from "../codes/values.ts";
import type { Argument } from "../keyword.ts";

/** Names are those of the host's rt_realms. */
export interface Realms {
  readonly source: number | string | null;
  readonly destination: number | string;
}

export const realms: Argument<Realms> = oneWord("[SOURCE/]DESTINATION", (word, reading) => {
  const parts = word.text.split("/").map(realm);
  const [first, second] = parts;
  if (first !== undefined && parts.length === 1) return { source: null, destination: first };
  if (first !== undefined && second !== undefined && parts.length === 2) {
    return { source: first, destination: second };
  }
  const message = `'${word.text}' is not one or two realms of 0..65535`;
  return reading.refuse(NOT_A_NUMBER, word.span, message);
});

function realm(part: string): number | string | undefined {
  if (/^[a-z_]/i.test(part)) return part;
  const number = parseNumber(part);
  return number !== undefined && number <= 0xffff ? number : undefined;
}

export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** `A-B`. One number alone is none. */
export const numberRange = (max: number): Argument<NumberRange> =>
  oneWord("FROM-TO", (word, reading) => {
    const [, first, second] = /^(\d{1,10})-(\d{1,10})$/.exec(word.text) ?? [];
    const isOne = /^\d{1,10}$/.test(word.text);
    if (first === undefined || second === undefined) {
      const help = isOne ? `write ${word.text}-${word.text}` : null;
      const message = `'${word.text}' is no range`;
      return reading.refuse(NOT_A_NUMBER, word.span, message, { help });
    }
    const range = { from: Number(first), to: Number(second) };
    if (range.from <= max && range.to <= max) return range;
    return reading.refuse(WRAPPED_NUMBER, word.span, `${word.text} is outside 0..${max}`);
  });

/** A metric of a route. */
export interface Metric<V> {
  readonly value: V;
  readonly isLocked: boolean; // the kernel learns no other one
}

export const lockable = <V>(metric: Argument<V>): Argument<Metric<V>> => ({
  usage: `[lock] ${metric.usage}`,
  read(reading) {
    const isLocked = reading.peek()?.text === "lock";
    if (isLocked) reading.take();
    const value = metric.read(reading);
    return value === undefined ? undefined : { value, isLocked };
  },
});

/**
 * A time as the kernel keeps it. Without a unit a number counts in a fraction of a millisecond.
 * @param perMs of those
 * @returns milliseconds
 */
export const kernelTime = (perMs: number): Argument<number> =>
  oneWord("TIME[s|ms]", (word, reading) => {
    const [, number, unit] = /^(\d{1,10}(?:\.\d*)?)(s|ms)?$/.exec(word.text) ?? [];
    if (number === undefined) {
      return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no time`);
    }
    const ms = unit === "s" ? Number(number) * 1000 : Number(number) / (unit ? 1 : perMs);
    if (ms < LEAST_MS) {
      reading.refuse(TIME_RAISED, word.span, `${word.text} is ${ms}ms, and becomes ${LEAST_MS}ms`);
    }
    if (ms * perMs <= MAX_U32) return Math.max(ms, LEAST_MS);
    return reading.refuse(OUT_OF_RANGE, word.span, `${word.text} is too long`);
  });

const LEAST_MS = 200;
