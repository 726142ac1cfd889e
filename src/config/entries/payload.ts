/** Bytes in hex digits, as UDP_CHECK sends them and compares answers with. */
import { BAD_HEX } from "../codes/lvs.ts";
import { MISSING_ARGUMENT } from "../codes/values.ts";
import type { Argument } from "../keyword.ts";
import type { Reading } from "../reading.ts";

export interface Pattern {
  readonly bytes: Uint8Array; // 0 where the mask is
  readonly mask: Uint8Array; // the bits that count
}

export const payload: Argument<Uint8Array> = {
  usage: "HEX ...",
  format: (bytes) => formatPattern({ bytes, mask: bytes.map(() => 0xff) }),
  read(reading) {
    if (reading.peek() !== undefined) return readPattern(reading, /^[0-9a-f]+$/i)?.bytes;
    const message = "'payload' needs hex digits behind it";
    return reading.refuse(MISSING_ARGUMENT, reading.end, message);
  },
};

/** Nothing: any answer will do. */
export const reply: Argument<Pattern | null> = {
  usage: "[HEX|x ...]",
  format: (pattern) => (pattern === null ? "" : formatPattern(pattern)),
  read: (reading) => (reading.peek() === undefined ? null : readPattern(reading, /^[0-9a-fx]+$/i)),
};

/** Digits that do not count are x. */
const formatPattern = ({ bytes, mask }: Pattern): string =>
  Array.from(bytes, (byte, index) => {
    const digits = byte.toString(16).padStart(2, "0");
    const counting = (mask[index] ?? 0).toString(16).padStart(2, "0");
    return digits.replaceAll(/./g, (digit, at: number) => (counting[at] === "0" ? "x" : digit));
  }).join("");

/** A digit that is left over in a word is a byte of its own. */
function readPattern(reading: Reading, digits: RegExp): Pattern | undefined {
  const words = reading.takeAll();
  const wrong = words.find(({ text }) => !digits.test(text));
  if (wrong !== undefined) {
    return reading.refuse(BAD_HEX, wrong.span, `'${wrong.text}' is not hex digits`);
  }
  const pairs = words.flatMap(({ text }) => text.match(/..?/g) ?? []);
  const hex = (change: (pair: string) => string) =>
    Uint8Array.from(pairs, (pair) => Number.parseInt(change(pair.padStart(2, "0")), 16));
  return {
    bytes: hex((pair) => pair.replace(/x/gi, "0")),
    mask: hex((pair) => pair.replace(/[^x]/gi, "f").replace(/x/gi, "0")),
  };
}
