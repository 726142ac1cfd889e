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

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = Math.floor(folded / 0x10000) + (folded & 0xffff);
  return folded;
}
