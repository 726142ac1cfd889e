/** What the number in a file says, by the rules of `track_file` of keepalived. */
import { type CheckFinding, down, up } from "./result.ts";

/**
 * As strtol(3) with base 0 reads the begin of a text, which is how keepalived does: `0x1f` is hexadecimal
 * and `017` octal. What begins with no number is 0, and so is what does not fit 32 bits.
 */
export function fileNumber(text: string): number {
  const [, sign, hex, octal, decimal] = NUMBER.exec(text) ?? [];
  const size = readDigits(hex, 16) ?? readDigits(octal, 8) ?? readDigits(decimal, 10) ?? 0;
  const value = sign === "-" ? -size : size;
  return value >= -(2 ** 31) && value < 2 ** 31 && value !== 0 ? value : 0;
}

export interface FileRule {
  /** What a priority gets for each 1 of the value; 0: a value other than 0 is a fault. */
  readonly weight: number; // -254..254
  readonly isReverse: boolean; // the other way round
}

/** Down is what keepalived calls a fault: a weight of 0 and a value, or a sum of -254 and below. */
export function fileFinding(value: number, { weight, isReverse }: FileRule): CheckFinding {
  if (weight === 0) {
    const text = `the value is ${value}`;
    return (value !== 0) === isReverse
      ? up("L7OK", text, { value })
      : down("L7STS", text, { value });
  }
  const product = value * weight * (isReverse ? -1 : 1);
  const counted = Math.max(-LIMIT, Math.min(LIMIT - 1, product)) || 0;
  const text = `the value is ${value}: weight ${counted}`;
  const facts = { value, weight: counted };
  return product <= -LIMIT ? down("L7STS", text, facts) : up("L7OK", text, facts);
}

const readDigits = (digits: string | undefined, base: number): number | undefined =>
  digits === undefined ? undefined : Number.parseInt(digits, base);

/** Sign, then hexadecimal, octal or decimal digits, with anything behind. */
const NUMBER = /^[ \t\n\v\f\r]*([+-]?)(?:0x([0-9a-f]+)|(0[0-7]*)|([1-9]\d*))/i;
const LIMIT = 254;
