/** What `vrrp status` and `vrrp history` answer: JSON records, as they go over the control socket. */
import { formatCidr, formatIp, sameIp } from "../../core/addr.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";
import { type CauseRecord, causeRecord } from "./event-record.ts";
import type { VrrpInstance } from "./instance.ts";
import type { PastTransition } from "./ledger.ts";
import type { VrrpRouter } from "./router.ts";

export interface VrrpStatusRecord {
  readonly instance: string;
  readonly interface: string;
  readonly vrid: number;
  readonly family: "ipv4" | "ipv6";
  readonly version: 2 | 3;
  readonly state: VrrpState;
  readonly state_age_ms: number;
  readonly priority: number;
  readonly master: {
    readonly address: string;
    readonly priority: number;
    readonly advert_age_ms: number;
    readonly here: boolean; // it is this router
  } | null;
  readonly vips: readonly { readonly address: string; readonly present: boolean }[];
  readonly peers: readonly {
    readonly address: string;
    readonly priority: number; // of its last advert; 0: it resigned
    readonly adverts: number;
    readonly advert_age_ms: number;
  }[];
  readonly counters: {
    readonly adverts_sent: number;
    readonly adverts_received: number;
    readonly adverts_rejected: Readonly<Record<string, number>>; // by reason
    readonly address_lists_differing: number;
    readonly priority_zero_sent: number;
    readonly priority_zero_received: number;
    readonly stalls: number;
    readonly became_master: number;
    readonly released_master: number;
  };
  readonly pid: number;
  readonly uptime_ms: number;
}

export interface HistoryRecord {
  readonly ts: string;
  readonly age_ms: number;
  readonly from: VrrpState;
  readonly to: VrrpState;
  readonly cause: CauseRecord;
}

/** What became of a hand-over that was asked for: nothing where the state is still master. */
export interface FailoverRecord {
  readonly state: VrrpState;
  readonly to: string | null; // whose adverts are heard now
  readonly took_ms: number;
}

export function statusRecord(
  router: VrrpRouter,
  { name, ifName, family, vips, config }: VrrpInstance,
  nowMs: number,
  pid: number,
): VrrpStatusRecord {
  const { ledger, standing } = router;
  const { state, addresses, counters } = standing;
  const isPresent = (ip: Uint8Array): boolean => addresses.some((one) => sameIp(one, ip));
  return {
    instance: name,
    interface: ifName,
    vrid: config.vrid,
    family: `ipv${family}`,
    version: config.version,
    state,
    state_age_ms: nowMs - (ledger.past.at(-1)?.atMs ?? ledger.startedMs),
    priority: config.priority,
    master: masterRecord(router, config.priority, nowMs),
    vips: vips.map((vip) => ({ address: formatCidr(vip), present: isPresent(vip.ip) })),
    peers: ledger.peers.map(({ source, priority, adverts, heardMs }) => ({
      address: source,
      priority,
      adverts,
      advert_age_ms: nowMs - heardMs,
    })),
    counters: {
      adverts_sent: counters.advertsSent,
      adverts_received: counters.advertsReceived,
      adverts_rejected: counters.advertsRejected,
      address_lists_differing: counters.addressListsDiffering,
      priority_zero_sent: counters.priorityZeroSent,
      priority_zero_received: counters.priorityZeroReceived,
      stalls: counters.stalls,
      became_master: counters.becameMaster,
      released_master: counters.releasedMaster,
    },
    pid,
    uptime_ms: nowMs - ledger.startedMs,
  };
}

function masterRecord(
  { ledger, standing }: VrrpRouter,
  priority: number,
  nowMs: number,
): VrrpStatusRecord["master"] {
  const { state, source } = standing;
  if (state === "master" && source !== null && ledger.sentMs !== undefined) {
    const advert_age_ms = nowMs - ledger.sentMs;
    return { address: formatIp(source), priority, advert_age_ms, here: true };
  }
  const { master } = ledger;
  if (master === undefined || state === "master") return null;
  const advert_age_ms = nowMs - master.heardMs;
  return { address: master.source, priority: master.priority, advert_age_ms, here: false };
}

export const historyRecord = (
  { atMs, wallMs, transition: { from, to, cause } }: PastTransition,
  nowMs: number,
): HistoryRecord => ({
  ts: new Date(wallMs).toISOString(),
  age_ms: nowMs - atMs,
  from,
  to,
  cause: causeRecord(cause),
});
