/** What an answer must be like: bytes that it has somewhere, a regular expression, or bytes at its begin. */
import { parseByteText } from "./byte-text.ts";

export type Pattern =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly text: string }
  | { readonly kind: "regex"; readonly regex: RegExp; readonly text: string }
  | { readonly kind: "masked"; readonly mask: MaskedBytes; readonly text: string };

/** Each nibble counts where its mask has ones. */
export interface MaskedBytes {
  readonly bytes: Uint8Array;
  readonly mask: Uint8Array; // of the same length
}

/** `text`, `hex:0a0b`, `re:^220 .*ready`. @returns or why it is none */
export function parsePattern(text: string): Pattern | string {
  if (text.startsWith("re:")) {
    try {
      return { kind: "regex", regex: new RegExp(text.slice(3), "m"), text };
    } catch (error) {
      return `is no regular expression: ${(error as Error).message}`;
    }
  }
  const parsed = parseByteText(text);
  if ("reason" in parsed) return parsed.reason;
  return parsed.bytes.length === 0 ? "is empty" : { kind: "bytes", bytes: parsed.bytes, text };
}

/** Pairs of hex digits, `x` for a half that may be anything: `0a0bxx`, as UDP_CHECK of keepalived has it. */
export function parseMasked(text: string): Pattern | string {
  const digits = text.replace(/[\s:]/g, "").toLowerCase();
  if (!/^([0-9a-fx]{2})+$/.test(digits)) return "is not made of pairs of hex digits and x";
  const halves = Array.from(digits);
  const value = (n: number, of: (digit: string) => number): number =>
    (of(halves[2 * n] as string) << 4) | of(halves[2 * n + 1] as string);
  const length = digits.length / 2;
  const bytes = Uint8Array.from({ length }, (_, n) => value(n, digitOf));
  const mask = Uint8Array.from({ length }, (_, n) => value(n, (it) => (it === "x" ? 0 : 15)));
  return { kind: "masked", mask: { bytes, mask }, text };
}

/** @returns where the first match ends, undefined where there is none */
export function findPattern(pattern: Pattern, heard: Uint8Array): number | undefined {
  switch (pattern.kind) {
    case "bytes": {
      const at = indexOf(heard, pattern.bytes);
      return at < 0 ? undefined : at + pattern.bytes.length;
    }
    case "masked": {
      const { bytes, mask } = pattern.mask;
      const fits = bytes.every((byte, n) => (((heard[n] ?? ~byte) ^ byte) & (mask[n] ?? 0)) === 0);
      return fits && heard.length >= bytes.length ? bytes.length : undefined;
    }
    case "regex": {
      const text = new TextDecoder().decode(heard);
      const found = pattern.regex.exec(text);
      if (found === null) return undefined;
      const end = found.index + found[0].length;
      return Math.min(heard.length, new TextEncoder().encode(text.slice(0, end)).length);
    }
  }
}

function indexOf(heard: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] as number;
  for (let at = heard.indexOf(first); at >= 0; at = heard.indexOf(first, at + 1)) {
    if (wanted.every((byte, n) => heard[at + n] === byte)) return at;
  }
  return -1;
}

const digitOf = (digit: string): number => (digit === "x" ? 0 : Number.parseInt(digit, 16));
