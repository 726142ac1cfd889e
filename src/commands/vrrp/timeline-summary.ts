/** What a timeline comes to, in words. */
import type { RouterTimeline } from "../../app/sniff/timeline.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { clipped } from "./svg.ts";
import { coveredMs } from "./timeline-runs.ts";

export interface Summary {
  readonly calm: string; // what may be so
  readonly alarms: readonly string[]; // what should not
}

/** A router with its summary, which takes a while where it has much to tell. */
export interface Known {
  readonly router: RouterTimeline;
  readonly summary: Summary;
}

export function summaryOf({ lanes, gaps }: RouterTimeline): Summary {
  const changes = changesIn(lanes);
  const [nobodyMs, twoMs] = [
    coveredMs(gaps),
    coveredMs(lanes.flatMap(({ stretches }) => stretches.filter(({ second }) => second))),
  ];
  const bad = badText(lanes);
  return {
    calm: `${changes === 0 ? "no" : changes} ${changes > 1 ? "changes" : "change"} of master`,
    alarms: [
      ...(nobodyMs > 0 ? [`nobody for ${formatDurationMs(nobodyMs)}`] : []),
      ...(twoMs > 0 ? [`two masters for ${formatDurationMs(twoMs)}`] : []),
      ...(bad === "" ? [] : [bad]),
    ],
  };
}

/** The summary of one router as a sentence: for who cannot see the picture. */
export function sentenceOf(router: RouterTimeline, { calm, alarms }: Summary): string {
  const masters = router.lanes.filter(({ stretches }) => stretches.length > 0);
  const names = masters.slice(0, 5).map(({ source }) => clipped(source, 39));
  const more = masters.length > names.length ? " and others" : "";
  const who = masters.length === 0 ? "nobody was master" : `master: ${names.join(", ")}${more}`;
  return `${clipped(router.title, 60)}: ${[who, calm, ...alarms].join("; ")}.`;
}

/** How often another one was master than before; second masters do not count. */
function changesIn(lanes: RouterTimeline["lanes"]): number {
  const starts = lanes
    .flatMap(({ stretches }, lane) =>
      stretches.flatMap(({ fromMs, second }) => (second ? [] : [{ fromMs, lane }])),
    )
    .sort((a, b) => a.fromMs - b.fromMs);
  return starts.filter(({ lane }, n) => n > 0 && starts[n - 1]?.lane !== lane).length;
}

/** `14 bad adverts: ttl-not-255 (10), bad-checksum (4)`; empty without any. */
function badText(lanes: RouterTimeline["lanes"]): string {
  const reasons = new Map<string, number>();
  for (const { reason } of lanes.flatMap(({ marks }) => marks))
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const often = [...reasons].sort(([, a], [, b]) => b - a);
  const total = often.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "";
  const named = often.slice(0, 2).map(([reason, count]) => `${clipped(reason, 32)} (${count})`);
  const list = [...named, ...(often.length > 2 ? ["others"] : [])].join(", ");
  return `${total} bad ${total === 1 ? "advert" : "adverts"}: ${list}`;
}
