/** What `vrrp sniff` saw in all, as lines for people. */
import type { SniffSummary } from "../../app/sniff/sniff-counts.ts";
import { counted } from "../../core/counted.ts";
import { formatDurationMs } from "../../core/duration.ts";

/** One line, and others where something was not right. */
export function summaryLines(summary: SniffSummary): string[] {
  const { packets, adverts, announcements, carp, kernel_drops, longest_gap_ms } = summary;
  const kinds = [
    counted(adverts, "advert"),
    ...(announcements > 0 ? [counted(announcements, "announcement")] : []),
    ...(carp > 0 ? [`${carp} of CARP`] : []),
  ].join(", ");
  const who = [
    counted(summary.senders, "sender"),
    counted(summary.vrids, "virtual router"),
    counted(summary.masters, "master"),
    counted(summary.takeovers, "takeover"),
    ...(summary.splits > 0 ? [counted(summary.splits, "split brain")] : []),
  ].join(", ");
  const gaps = `${counted(summary.missed, "advert")} missed, longest gap ${formatDurationMs(longest_gap_ms)}`;
  const drops = kernel_drops === null ? "" : `; kernel drops ${kernel_drops}`;
  return [
    `${counted(packets, "packet")} (${kinds}); ${who}; ${gaps}${drops}`,
    ...byReason("not believed", summary.rejected),
    ...byReason("not as it should be", summary.warnings),
  ];
}

function byReason(what: string, counts: Readonly<Record<string, number>>): string[] {
  const most = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return most.length === 0
    ? []
    : [`${what}: ${most.map(([code, times]) => `${code} ${times}`).join(", ")}`];
}
