/** Timelines for tests: seconds from one moment on. */

import { randomFrom } from "../../src/core/seeded-random.ts";
import type {
  BadMark,
  MasterStretch,
  RouterTimeline,
  Stretch,
  Timeline,
} from "../../src/proto/sniff/timeline.ts";

export const FROM_MS = Date.UTC(2026, 0, 2, 12);

export const gap = (fromS: number, untilS: number): Stretch => ({
  fromMs: FROM_MS + fromS * 1000,
  untilMs: FROM_MS + untilS * 1000,
});

export const master = (fromS: number, untilS: number, second = false): MasterStretch => ({
  ...gap(fromS, untilS),
  second,
});

export const bad = (atS: number, reason: string): BadMark => ({
  atMs: FROM_MS + atS * 1000,
  reason,
});

export const timeline = (untilS: number, ...routers: readonly RouterTimeline[]): Timeline => ({
  ...gap(0, untilS),
  routers,
});

/** One failover, with a split brain behind it. */
export const failover = (changes: Partial<RouterTimeline> = {}): RouterTimeline => ({
  title: "eth0 vrid 51 IPv4",
  lanes: [
    { source: "10.0.0.2", stretches: [master(0, 100)], marks: [bad(40, "ttl 64, not 255")] },
    {
      source: "10.0.0.3",
      stretches: [master(104, 200), master(240, 290, true)],
      marks: [],
    },
  ],
  gaps: [gap(100, 104)],
  leftOut: 0,
  ...changes,
});

/** Two speakers that take turns without rest, `stretches` times. */
export function flapping(
  title: string,
  stretches: number,
  untilS: number,
  seed: number,
): RouterTimeline {
  const random = randomFrom(seed);
  const lanes = ["10.0.0.2", "10.0.0.3"].map((source) => ({
    source,
    stretches: [] as MasterStretch[],
    marks: [] as BadMark[],
  }));
  const gaps: Stretch[] = [];
  const cuts = Array.from({ length: stretches + 1 }, () => random() * untilS);
  cuts.sort((a, b) => a - b);
  for (let n = 0; n < stretches; n++) {
    const [from, until] = [cuts[n] as number, cuts[n + 1] as number];
    const lane = lanes[random() < 0.5 ? 0 : 1];
    if (random() < 0.1) gaps.push(gap(from, until));
    else lane?.stretches.push(master(from, until, random() < 0.1));
    if (n % 5 === 0) lane?.marks.push(bad(from, "checksum bad"));
  }
  return { title, lanes, gaps, leftOut: 0 };
}
