/** What `vrrp status` and `vrrp history` answer: JSON records, as they go over the control socket. */
import { formatCidr, formatIp, formatMac } from "../../core/addr.ts";
import type { VrrpFault, VrrpState } from "../../proto/vrrp/facts.ts";
import type { HmacSettings } from "../../proto/vrrp/hmac.ts";
import type { VrrpReach } from "../../proto/vrrp/reach.ts";
import type { ConflictRecord } from "./conflict-record.ts";
import {
  type CauseRecord,
  type CircumstancesRecord,
  causeRecord,
  circumstancesRecord,
} from "./event-record.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import type { PastTransition, PeerHeard } from "./ledger.ts";
import type { VerifyRecord } from "./loop-prover.ts";
import type { VrrpRouter } from "./router.ts";
import type { Vmac } from "./vmac.ts";

export interface VrrpStatusRecord extends CircumstancesRecord {
  readonly instance: string;
  readonly interface: string;
  readonly vrid: number;
  readonly family: "ipv4" | "ipv6";
  readonly version: 2 | 3;
  readonly state: VrrpState;
  readonly state_age_ms: number;
  readonly priority: number; // now
  readonly configured_priority: number;
  readonly faults: readonly VrrpFault[];
  readonly retry_in_ms: number | null; // until addresses-taken or addresses-refused is over
  readonly master: {
    readonly address: string;
    readonly priority: number;
    readonly advert_age_ms: number;
    readonly here: boolean; // it is this router
  } | null;
  readonly vips: readonly {
    readonly address: string;
    readonly interface: string;
    readonly advertised: boolean; // it stands in the adverts
    readonly present: boolean;
  }[];
  readonly vmac: VmacRecord | null;
  readonly conflicts: readonly ConflictRecord[]; // of MASTER, while they last
  readonly verify: readonly VerifyRecord[]; // of MASTER: who was asked after the takeover
  readonly peers: readonly {
    readonly address: string;
    readonly configured: boolean; // named by --peer
    readonly priority: number | null; // of its last advert; 0: it resigned; null: never heard
    readonly interval_ms: number | null; // of its last advert
    readonly adverts: number;
    readonly advert_age_ms: number | null;
  }[];
  readonly counters: {
    readonly adverts_sent: number;
    readonly adverts_received: number;
    readonly adverts_rejected: Readonly<Record<string, number>>; // by reason
    readonly address_lists_differing: number;
    readonly priority_zero_sent: number;
    readonly priority_zero_received: number;
    readonly announcements_sent: number; // of each address
    readonly addresses_restored: number;
    readonly became_master: number;
    readonly released_master: number;
  };
  readonly stalls: {
    readonly count: number;
    readonly longest_ms: number | null;
    readonly last_age_ms: number | null;
  };
  readonly hmac: HmacRecord | null;
  readonly pid: number;
  readonly uptime_ms: number;
}

/** The interface with the virtual MAC address. */
export interface VmacRecord {
  readonly interface: string;
  readonly mac: string;
  readonly sends_adverts: boolean; // else they leave from the interface below
}

/** Which keys there are; never what they are. */
export interface HmacRecord {
  readonly mode: string;
  readonly key_id: number; // the one that signs
  readonly key_ids: readonly number[]; // those that are believed
  readonly window_ms: number;
}

export interface HistoryRecord extends CircumstancesRecord {
  readonly ts: string;
  readonly age_ms: number;
  readonly from: VrrpState;
  readonly to: VrrpState;
  readonly priority: number;
  readonly cause: CauseRecord;
}

/** What became of a hand-over that was asked for: nothing where the state is still master. */
export interface FailoverRecord {
  readonly state: VrrpState;
  readonly to: string | null; // whose adverts are heard now
  readonly took_ms: number;
}

/** What became of a priority that was asked for. */
export interface PriorityRecord {
  readonly state: VrrpState; // before the change
  readonly former_priority: number;
  readonly priority: number;
  readonly configured_priority: number;
}

/** @param instance as it was configured */
export function statusRecord(
  router: VrrpRouter,
  instance: VrrpInstance,
  nowMs: number,
  pid: number,
): VrrpStatusRecord {
  const { ledger, standing } = router;
  const { deadlineMs, state, priority, faults, present, counters, hmac } = standing;
  const { stalls } = ledger;
  const { name, ifName, family, vips, vmac, config, reach } = instance;
  return {
    instance: name,
    interface: ifName,
    vrid: config.vrid,
    family: `ipv${family}`,
    version: config.version,
    state,
    state_age_ms: nowMs - (ledger.past.at(-1)?.atMs ?? ledger.startedMs),
    priority,
    configured_priority: config.priority,
    faults,
    retry_in_ms: state === "fault" && Number.isFinite(deadlineMs) ? deadlineMs - nowMs : null,
    master: masterRecord(router, nowMs),
    vips: heldVips(instance).map((vip) => ({
      address: formatCidr(vip),
      interface: vip.ifName,
      advertised: vips.includes(vip),
      present: present.includes(vip),
    })),
    vmac: vmac && vmacRecord(vmac),
    conflicts: router.care.conflicts(nowMs),
    verify: router.care.verified,
    peers: peerRecords(ledger.peers, reach, nowMs),
    counters: {
      adverts_sent: counters.advertsSent,
      adverts_received: counters.advertsReceived,
      adverts_rejected: counters.advertsRejected,
      address_lists_differing: counters.addressListsDiffering,
      priority_zero_sent: counters.priorityZeroSent,
      priority_zero_received: counters.priorityZeroReceived,
      announcements_sent: counters.announcementsSent,
      addresses_restored: counters.addressesRestored,
      became_master: counters.becameMaster,
      released_master: counters.releasedMaster,
    },
    stalls: {
      count: counters.stalls,
      longest_ms: stalls?.longestMs ?? null,
      last_age_ms: stalls ? nowMs - stalls.lastMs : null,
    },
    hmac: hmac && hmacRecord(hmac),
    ...circumstancesRecord(router.circumstances),
    pid,
    uptime_ms: nowMs - ledger.startedMs,
  };
}

/** Also of `vrrp run --dry-run`. */
export const vmacRecord = ({ ifName, mac, sendsAdverts }: Vmac): VmacRecord => ({
  interface: ifName,
  mac: formatMac(mac),
  sends_adverts: sendsAdverts,
});

export const hmacRecord = ({ mode, active, keys, windowMs }: HmacSettings): HmacRecord => ({
  mode,
  key_id: active.id,
  key_ids: keys.map(({ id }) => id),
  window_ms: windowMs,
});

/** Those who were heard, and behind them those who should have been. */
function peerRecords(
  heard: readonly PeerHeard[],
  reach: VrrpReach,
  nowMs: number,
): VrrpStatusRecord["peers"] {
  const configured = reach.kind === "peers" ? reach.peers.map(({ ip }) => formatIp(ip)) : [];
  const silent = configured.filter((address) => !heard.some(({ source }) => source === address));
  return [
    ...heard.map(({ source, priority, intervalMs, adverts, heardMs }) => ({
      address: source,
      configured: configured.includes(source),
      priority,
      interval_ms: intervalMs,
      adverts,
      advert_age_ms: nowMs - heardMs,
    })),
    ...silent.map((address) => ({
      address,
      configured: true,
      priority: null,
      interval_ms: null,
      adverts: 0,
      advert_age_ms: null,
    })),
  ];
}

function masterRecord({ ledger, standing }: VrrpRouter, nowMs: number): VrrpStatusRecord["master"] {
  const { state, source, priority } = standing;
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
  { atMs, wallMs, transition: { from, to, priority, cause, circumstances } }: PastTransition,
  nowMs: number,
): HistoryRecord => ({
  ts: new Date(wallMs).toISOString(),
  age_ms: nowMs - atMs,
  from,
  to,
  priority,
  cause: causeRecord(cause),
  ...circumstancesRecord(circumstances),
});
