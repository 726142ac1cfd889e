/** In which state a router was when, by its transitions. */
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { HaView } from "./view.ts";

export interface Stretch {
  readonly state: VrrpState;
  readonly fromMs: number; // Clock.wallMs
  readonly toMs: number;
}

/** Of one router, those since `fromMs`, oldest first; there are gaps where nothing is known. */
export function stretchesOf(
  instance: string,
  { earlier, transitions, wallMs, status }: TimelineView,
  fromMs: number,
): readonly Stretch[] {
  const startedMs = wallMs - status.uptime_ms;
  const before = earlier
    .filter((one) => (one.instance ?? instance) === instance && one.wallMs < startedMs)
    .map((one) => ({ state: one.state, beganMs: one.wallMs }));
  const since = transitions
    .filter((one) => one.instance === instance)
    .map(({ ts, to }) => ({ state: to, beganMs: Date.parse(ts) }));
  const own = [...before, { state: null, beganMs: startedMs }, ...since];
  return own.flatMap(({ state, beganMs }, index) => {
    const toMs = own[index + 1]?.beganMs ?? wallMs;
    if (state === null || toMs < fromMs) return [];
    return [{ state, fromMs: Math.max(beganMs, fromMs), toMs }];
  });
}

type TimelineView = Pick<HaView, "earlier" | "transitions" | "wallMs"> & {
  readonly status: Pick<HaView["status"], "uptime_ms">;
};
