/** A file to be rewritten: its lines with their ends, so that those which stay keep every byte. */
import { joinBytes } from "../core/byte-text.ts";

/** What stands instead of a line, by its number from 1; none: the line goes. Ends of lines are part of them. */
export type Rewrite = ReadonlyMap<number, readonly string[]>;

/** Of a line that is no UTF-8 each byte above 7f is a lone surrogate, dc80 to dcff, which no UTF-8 has. */
export function textLines(bytes: Uint8Array): readonly string[] {
  const text = strict(bytes);
  if (text !== undefined) return text === "" ? [] : text.split(/(?<=\n)/);
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    lines.push(strict(line) ?? Array.from(line, escaped).join(""));
    from += line.length;
  }
  return lines;
}

/** Whether what was no UTF-8 is in it. */
export const hasEscapes = (line: string): boolean => /[\udc80-\udcff]/u.test(line);

/** What a line says, and what ends it: nothing, LF or CR LF. */
export function splitEnd(line: string): { readonly text: string; readonly end: string } {
  let length = line.endsWith("\n") ? line.length - 1 : line.length;
  while (line[length - 1] === "\r") length -= 1;
  return { text: line.slice(0, length), end: line.slice(length) };
}

export function rewritten(lines: readonly string[], rewrite: Rewrite): Uint8Array {
  const parts = lines.flatMap((line, index) => rewrite.get(index + 1) ?? [line]);
  return parts.some(hasEscapes) ? joinBytes(parts.map(bytesOf)) : UTF8.encode(parts.join(""));
}

function strict(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

const escaped = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : ESCAPE + byte);

function bytesOf(line: string): Uint8Array {
  if (!hasEscapes(line)) return UTF8.encode(line);
  const parts = line.split(/([\udc80-\udcff]+)/u);
  const unescaped = (part: string) => Uint8Array.from(part, (char) => char.charCodeAt(0) - ESCAPE);
  return joinBytes(parts.map((part) => (hasEscapes(part) ? unescaped(part) : UTF8.encode(part))));
}

const LF = 0x0a;
const ESCAPE = 0xdc00;
const UTF8 = new TextEncoder();
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
