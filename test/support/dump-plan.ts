/** What keepalived's dumps tell of a text of a keepalived.conf, and routers at moments of their lives. */
import { type Moment, momentOf, momentWithout } from "../../src/app/ha/dump/moment.ts";
import type { DumpPlan } from "../../src/app/ha/dump/plan.ts";
import { dumpPlanOf } from "../../src/app/ha/dump/plan-of.ts";
import type { RouterStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { effective } from "./effective.ts";

export function dumpPlan(text: string): DumpPlan {
  const { configuration, vrrp } = effective(text);
  return dumpPlanOf(configuration, vrrp, "/tmp");
}

/** An instance on eth0. */
export const instanceConf = (inside = "", name = "VI"): string =>
  `vrrp_instance ${name} {
    interface eth0
    virtual_router_id 51
    priority 100
    virtual_ipaddress { 10.0.0.51/24; }
    ${inside}
  }`;

const COUNTERS = {
  adverts_sent: 0,
  adverts_received: 0,
  adverts_rejected: {},
  address_lists_differing: 0,
  priority_zero_sent: 0,
  priority_zero_received: 0,
  announcements_sent: 0,
  addresses_restored: 0,
  became_master: 0,
  released_master: 0,
};

const STATUS = {
  state: "backup",
  state_age_ms: 2500,
  priority: 100,
  faults: [],
  tracked_faults: [],
  terms: [],
  master: null,
  vips: [],
  peers: [],
} as const;

export const routerStatus = (
  changes: Partial<Omit<RouterStatusRecord, "counters">> = {},
  counters: Partial<RouterStatusRecord["counters"]> = {},
): RouterStatusRecord =>
  ({ ...STATUS, ...changes, counters: { ...COUNTERS, ...counters } }) as RouterStatusRecord;

/** At 10 s of 1970. */
export const moment = (...status: Parameters<typeof routerStatus>): Moment =>
  momentOf(routerStatus(...status), 10_000);

export const INIT = momentWithout("init", 100);
