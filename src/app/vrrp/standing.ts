/** What a virtual router says of itself when it is asked. */
import type { IpBytes } from "../../core/addr.ts";
import type { VrrpCounters } from "../../proto/vrrp/counters.ts";
import type { VrrpFault, VrrpState } from "../../proto/vrrp/facts.ts";
import type { HmacSettings } from "../../proto/vrrp/hmac.ts";
import type { VrrpMachine } from "../../proto/vrrp/machine.ts";
import type { VirtualAddress } from "../../proto/vrrp/virtual-address.ts";
import type { Footing } from "./footing.ts";
import type { VrrpInstance } from "./instance.ts";

/** As it is at the moment of the question. */
export interface VrrpStanding {
  readonly state: VrrpState;
  readonly priority: number;
  readonly faults: readonly VrrpFault[];
  readonly deadlineMs: number; // of `Clock.nowMs`: when it acts next unless something happens
  readonly hmac: HmacSettings | null;
  readonly source: IpBytes | null; // where its adverts come from
  readonly present: readonly VirtualAddress[]; // those of its virtual addresses that are there
  readonly counters: VrrpCounters;
}

export const standingOf = (
  { state, faults, deadlineMs, counters }: VrrpMachine,
  { config, hmac }: VrrpInstance,
  { place, present }: Footing,
): VrrpStanding => ({
  state,
  priority: config.priority,
  faults: [...faults],
  deadlineMs,
  hmac,
  source: place?.source ?? null,
  present,
  counters,
});
