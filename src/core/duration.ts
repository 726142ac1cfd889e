/**
 * Durations as people write them: a number with its unit, also joined (`1m30s`).
 * A bare number is refused: seconds or milliseconds is a guess that has flooded networks.
 */
const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A timer of the kernel takes no number of any size. */
const MOST_MS = 10_000 * 86_400_000;

/** @returns milliseconds (fractions kept), or why the text is no duration. */
export function parseDurationMs(text: string): { ms: number } | { reason: string } {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return { reason: `"${text}" has no unit: write ${text}s or ${text}ms` };
  }
  if (!/^(\d+(\.\d+)?(us|ms|s|m|h|d))+$/.test(text)) {
    return { reason: `"${text}" is no duration: write 1s, 250ms or 1m30s` };
  }
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d)/g)) {
    ms += Number(amount) * (UNIT_MS[unit as string] as number);
  }
  if (ms > MOST_MS) return { reason: `"${text}" is longer than 10000 days` };
  return { ms: Math.round(ms * 1000) / 1000 }; // to the microsecond: 0.29s is 290 ms, not 289.99…
}

/** `0.25s`, `3.609s`, `1m30s`: at most millisecond digits below a minute. */
export function formatDurationMs(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms) / 1000}s`;
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const;
  return parts.flatMap(([amount, unit]) => (amount > 0 ? [`${amount}${unit}`] : [])).join("");
}
