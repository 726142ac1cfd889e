/** The "did you mean" of names: commands, options, interfaces. */

/** @returns the one of the first 300 candidates that a typing slip most likely meant; undefined when none is near. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestSlips = Math.floor(Math.max(word.length, 3) / 3) + 1;
  let looked = 0;
  for (const candidate of candidates) {
    if (++looked > MOST_CANDIDATES) break;
    if (Math.abs(word.length - candidate.length) >= bestSlips) continue; // each of them is a slip
    const slips = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (slips < bestSlips) [best, bestSlips] = [candidate, slips];
  }
  return best;
}

/** ` (did you mean eth0?)`, or nothing: to be put behind an error about `word`. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const guess = closest(word, candidates);
  return guess === undefined ? "" : ` (did you mean ${guess}?)`;
}

/** Far more than people tell apart by a slip: each takes a few microseconds. */
const MOST_CANDIDATES = 300;

/** Insertions, removals, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (old[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const oneMore = Math.min(old[j] as number, row[j - 1] as number) + 1;
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1;
      const swapped = isSwap ? (older[j - 2] as number) + 1 : replaced;
      row.push(Math.min(replaced, oneMore, swapped));
    }
    [older, old] = [old, row];
  }
  return old[b.length] as number;
}
