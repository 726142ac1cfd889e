/** Comparison of what must not be guessed: its time does not tell how much of a guess is right. */

/** Takes as long for a first byte that differs as for the last. */
export function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
