/** A file to be rewritten: its lines with their ends, so that those which stay keep every byte. */

/** What stands instead of a line, by its number from 1; none: the line goes. Ends of lines are part of them. */
export type Rewrite = ReadonlyMap<number, readonly string[]>;

/** @returns undefined where the bytes are no UTF-8: what is written would be others */
export function textLines(bytes: Uint8Array): readonly string[] | undefined {
  try {
    const text = STRICT.decode(bytes);
    return text === "" ? [] : text.split(/(?<=\n)/);
  } catch {
    return undefined;
  }
}

/** What a line says, and what ends it: nothing, LF or CR LF. */
export function splitEnd(line: string): { readonly text: string; readonly end: string } {
  let length = line.endsWith("\n") ? line.length - 1 : line.length;
  while (line[length - 1] === "\r") length -= 1;
  return { text: line.slice(0, length), end: line.slice(length) };
}

export const rewritten = (lines: readonly string[], rewrite: Rewrite): Uint8Array =>
  new TextEncoder().encode(
    lines.flatMap((line, index) => rewrite.get(index + 1) ?? [line]).join(""),
  );

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
