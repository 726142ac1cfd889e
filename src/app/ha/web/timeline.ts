/** In which state a router was when, by its transitions. */
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { HaView } from "./view.ts";

export interface Stretch {
  readonly state: VrrpState;
  readonly fromMs: number; // Clock.wallMs
  readonly toMs: number;
}

/** Of one router, those since `fromMs`, oldest first, without gaps. Nothing is known from before the first one. */
export function stretchesOf(
  instance: string,
  { transitions, wallMs }: Pick<HaView, "transitions" | "wallMs">,
  fromMs: number,
): readonly Stretch[] {
  const own = transitions
    .filter((one) => one.instance === instance)
    .map(({ ts, to }) => ({ state: to, fromMs: Date.parse(ts) }));
  return own.flatMap(({ state, fromMs: beganMs }, index) => {
    const toMs = own[index + 1]?.fromMs ?? wallMs;
    return toMs < fromMs ? [] : [{ state, fromMs: Math.max(beganMs, fromMs), toMs }];
  });
}
