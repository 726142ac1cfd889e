/**
 * The Internet checksum (RFC 1071) over any number of pieces, as if they stood one after the other.
 * @returns 0..0xffff, to be stored in network order; 0 over data that carries its right checksum.
 */
export function internetChecksum(...pieces: readonly Uint8Array[]): number {
  let sum = 0;
  let high = true; // whether the next byte is the high one of its 16-bit word
  for (const piece of pieces) {
    for (let n = 0; n < piece.length; n += 1) {
      const byte = piece[n] as number;
      sum += high ? byte << 8 : byte;
      high = !high;
    }
    sum = fold(sum); // keeps far below 2^53 whatever the length
  }
  return ~fold(sum) & 0xffff;
}

/**
 * The same in parts, without a view of each: the plain sum of the 16-bit words from `from` to before
 * `to`, an odd last byte the high one of its word. Sums of parts that begin at even places add up.
 */
export function wordSum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 2) {
    sum += ((bytes[at] as number) << 8) | (at + 1 < to ? (bytes[at + 1] as number) : 0);
  }
  return sum;
}

/** Whether words that add up to `sum`, their checksum among them, carry the right one. */
export const isRightSum = (sum: number): boolean => fold(sum) === 0xffff;

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = Math.floor(folded / 0x10000) + (folded & 0xffff);
  return folded;
}
