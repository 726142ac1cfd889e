/** Figures of a benchmark: the value below which a share of the samples lies, and two sets side by side. */

/** Nearest rank: `share` 0.5 is the median, 1 the worst. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** One line for each share: ours, the peer's, and the ratio of the two. */
export function printRatios(
  title: string,
  shares: Readonly<Record<string, number>>,
  samplesMs: { readonly vipkit: readonly number[]; readonly keepalived: readonly number[] },
): void {
  const { vipkit, keepalived } = samplesMs;
  process.stdout.write(`${title} (${vipkit.length} and ${keepalived.length} samples)\n`);
  for (const [name, share] of Object.entries(shares)) {
    const [ours, theirs] = [quantile(vipkit, share), quantile(keepalived, share)];
    const figures = `vipkit ${ours.toFixed(3)} ms  keepalived ${theirs.toFixed(3)} ms`;
    process.stdout.write(`  ${name.padEnd(7)} ${figures}  ratio ${(ours / theirs).toFixed(2)}\n`);
  }
}
