/** From interface_up_down_delays to the time that each link has to last. */
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import type { LinkDelays } from "../../../vrrp/interfaces.ts";

/** A MASTER whose link is down must know so before its peers take over: longer than that nothing is waited for. */
export function linkDelaysOf(
  { interface_up_down_delays: said }: Configuration,
  instances: readonly EffectiveInstance[],
): LinkDelays {
  const delays = said.flatMap(({ value }) => value.map((one) => one.value));
  return new Map(
    delays.map(({ ifName, upMs, downMs }) => {
      const there = instances.filter((one) => one.interface.value === ifName);
      return [ifName, { upMs, downMs: Math.min(downMs, ...there.map(longestDownMs)) }];
    }),
  );
}

/** As keepalived: an interval, and the least skew, before a peer takes it for dead. */
function longestDownMs({ advert_int, down_timer_adverts }: EffectiveInstance): number {
  const intervalMs = advert_int.value;
  return Math.max(0, (down_timer_adverts.value - 1) * intervalMs - intervalMs / 256);
}
