/** Bytes as they are written on a command line: text with the escapes of C, or `hex:0a0b`. */

export type ByteText = { readonly bytes: Uint8Array } | { readonly reason: string };

/** `PING\r\n`, `\x00`, `hex:50 49 4e47`. Other text is UTF-8. @returns or why it is none */
export function parseByteText(text: string): ByteText {
  if (text.startsWith("hex:")) return parseHex(text.slice(4));
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const [part] of text.matchAll(/\\x[0-9a-f]{2}|\\.|[^\\]+|\\$/gis)) {
    const bytes = partBytes(part);
    if (bytes === undefined) return { reason: `has ${part}, which is none of ${KNOWN}` };
    parts.push(bytes);
    length += bytes.length;
  }
  return { bytes: joinBytes(parts, length) };
}

/** Digits in pairs, spaces and colons between them as one likes. */
export function parseHex(text: string): ByteText {
  const digits = text.replace(/[\s:]/g, "");
  if (!/^([0-9a-f]{2})*$/i.test(digits)) return { reason: "is not made of pairs of hex digits" };
  const bytes = new Uint8Array(digits.length / 2);
  for (const n of bytes.keys()) bytes[n] = Number.parseInt(digits.slice(2 * n, 2 * n + 2), 16);
  return { bytes };
}

export function joinBytes(
  parts: readonly Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function partBytes(part: string): Uint8Array | undefined {
  if (!part.startsWith("\\")) return new TextEncoder().encode(part);
  if (/^\\x/i.test(part) && part.length === 4)
    return Uint8Array.of(Number.parseInt(part.slice(2), 16));
  const byte = ESCAPES[part.slice(1)];
  return byte === undefined ? undefined : Uint8Array.of(byte);
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  r: 13,
  t: 9,
  "0": 0,
  a: 7,
  e: 27,
  "\\": 92,
};
const KNOWN = "\\n \\r \\t \\0 \\a \\e \\\\ \\xHH";
