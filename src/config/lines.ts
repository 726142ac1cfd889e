/** Bytes of a file as its lines, and which of them keepalived does not read as they are written. */
import { INVALID_UTF8, LINE_TOO_LONG, NUL_BYTE } from "./codes/words.ts";
import type { FindingKind } from "./finding.ts";
import { splitEnd } from "./text-lines.ts";

/** What is wrong with a line, and whether it is read nevertheless. */
export interface LineFlaw {
  readonly kind: FindingKind;
  readonly message: string;
  readonly isIgnored: boolean;
}

export interface Lines {
  readonly lines: readonly string[]; // without CR and LF; one that is too long: its beginning
  readonly flaws: ReadonlyMap<number, LineFlaw>; // by line, from 1
}

/** No more are read, of all files together. */
export const MAX_LINES = 200_000;
/** Longer lines are not read, also when they grew by expansions. */
export const MAX_LINE_BYTES = 1024;

export function splitLines(bytes: Uint8Array): Lines {
  const text = LENIENT.decode(bytes);
  let isToldUtf8 = !text.includes(REPLACEMENT) || isUtf8(bytes);
  const lines = text.split("\n", MAX_LINES + 2); // one that is too many shows that there are
  if (lines.at(-1) === "") lines.pop();
  const flaws = new Map<number, LineFlaw>();
  for (const [index, raw] of lines.entries()) {
    const line = splitEnd(raw).text;
    const flaw = flawOf(line, isToldUtf8);
    if (flaw !== undefined) flaws.set(index + 1, flaw);
    isToldUtf8 ||= flaw?.kind === INVALID_UTF8; // a file in another encoding has many
    lines[index] = line.length > MAX_LINE_BYTES ? line.slice(0, MAX_LINE_BYTES) : line;
  }
  return { lines, flaws };
}

/** Whether it has more bytes than keepalived's buffer of a line. */
export const isTooLong = (line: string): boolean =>
  line.length * 3 > MAX_LINE_BYTES &&
  (line.length > MAX_LINE_BYTES || new TextEncoder().encode(line).length > MAX_LINE_BYTES);

function flawOf(line: string, isToldUtf8: boolean): LineFlaw | undefined {
  if (line.includes("\0")) {
    return { kind: NUL_BYTE, message: "the line has a NUL byte and is ignored", isIgnored: true };
  }
  if (isTooLong(line)) {
    const message = `the line has more than ${MAX_LINE_BYTES} bytes and is ignored`;
    return { kind: LINE_TOO_LONG, message, isIgnored: true };
  }
  if (isToldUtf8 || !line.includes(REPLACEMENT)) return undefined;
  return { kind: INVALID_UTF8, message: "the line is no valid UTF-8", isIgnored: false };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
const REPLACEMENT = "\ufffd";
