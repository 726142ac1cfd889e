/** A virtual router at the moment of a dump, as keepalived counts and names it. */
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { RouterStatusRecord } from "../up/parent/status.ts";

export interface Moment {
  readonly state: VrrpState;
  readonly sinceMs: number; // wall clock, of the last transition
  readonly priority: number; // the effective one
  readonly points: number; // that trackers add to the configured one
  readonly faults: number; // that keep it in FAULT
  readonly master: string | null; // whom it hears as BACKUP
  readonly masterPriority: number; // of the last advert that it believed as BACKUP, 0: none
  readonly masterIntervalMs: number | null; // its own where nobody is heard
  readonly held: readonly boolean[]; // of each address, the excluded ones behind
  readonly statistics: Statistics;
}

/** The counters of keepalived, by their names in its JSON. */
export type Statistics = Readonly<Record<StatisticsName, number>>;

export type StatisticsName = (typeof STATISTICS)[number];

/** In the order of its JSON. */
export const STATISTICS = [
  "advert_rcvd",
  "advert_sent",
  "become_master",
  "release_master",
  "packet_len_err",
  "advert_interval_err",
  "ip_ttl_err",
  "invalid_type_rcvd",
  "addr_list_err",
  "invalid_authtype",
  "authtype_mismatch",
  "auth_failure",
  "auth_ext_missing",
  "auth_ext_malformed",
  "auth_ext_unknown_key",
  "auth_ext_invalid_hmac",
  "auth_ext_stale",
  "auth_ext_replay",
  "pri_zero_rcvd",
  "pri_zero_sent",
] as const;

/** @param wallMs of the moment */
export function momentOf(record: RouterStatusRecord, wallMs: number): Moment {
  const { state, master, priority, terms, faults, tracked_faults: tracked, vips } = record;
  const heard = master === null || master.here ? null : master;
  const peer = record.peers.find(({ address }) => address === heard?.address);
  return {
    state,
    sinceMs: wallMs - record.state_age_ms,
    priority,
    points: terms.reduce((sum, { points }) => sum + points, 0),
    faults: faults.filter((fault) => fault !== "tracked-down").length + tracked.length,
    master: heard?.address ?? null,
    masterPriority: heard?.priority ?? 0,
    masterIntervalMs: peer?.interval_ms ?? null,
    held: vips.map(({ present }) => present),
    statistics: statisticsOf(record),
  };
}

function statisticsOf({ counters }: RouterStatusRecord): Statistics {
  const rejected = (...reasons: readonly string[]): number =>
    reasons.reduce((sum, reason) => sum + (counters.adverts_rejected[reason] ?? 0), 0);
  return {
    advert_rcvd: counters.adverts_received,
    advert_sent: counters.adverts_sent,
    become_master: counters.became_master,
    release_master: counters.released_master,
    packet_len_err: rejected("short", "trailing"),
    advert_interval_err: rejected("wrong-interval", "bad-interval"),
    ip_ttl_err: rejected("ttl-not-255", "ttl-out-of-range"),
    invalid_type_rcvd: rejected("bad-type"),
    addr_list_err: rejected("no-addresses") + counters.address_lists_differing,
    invalid_authtype: rejected("bad-auth-type"),
    authtype_mismatch: rejected("wrong-auth-type"),
    auth_failure: rejected("wrong-password"),
    auth_ext_missing: rejected("hmac-missing"),
    auth_ext_malformed: rejected("hmac-malformed"),
    auth_ext_unknown_key: rejected("hmac-unknown-key"),
    auth_ext_invalid_hmac: rejected("hmac-mismatch"),
    auth_ext_stale: rejected("hmac-stale"),
    auth_ext_replay: rejected("hmac-replayed"),
    pri_zero_rcvd: counters.priority_zero_received,
    pri_zero_sent: counters.priority_zero_sent,
  };
}

/** Of a router that does not run, or does not answer. */
export const momentWithout = (state: VrrpState, priority: number): Moment => ({
  state,
  sinceMs: 0,
  priority,
  points: 0,
  faults: state === "fault" ? 1 : 0,
  master: null,
  masterPriority: 0,
  masterIntervalMs: null,
  held: [],
  statistics: Object.fromEntries(STATISTICS.map((name) => [name, 0])) as Statistics,
});
