/** What a virtual router says of itself when it is asked. */
import type { IpBytes } from "../../core/addr.ts";
import type { VrrpCounters } from "../../proto/vrrp/counters.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";

/** As it is at the moment of the question. */
export interface VrrpStanding {
  readonly state: VrrpState;
  readonly source: IpBytes | null; // where its adverts come from
  readonly addresses: readonly IpBytes[]; // all those that its interface has
  readonly counters: VrrpCounters;
}
