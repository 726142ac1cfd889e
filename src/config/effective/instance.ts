/** A vrrp_instance as it is in force: the keywords of its block, by their names, and what comes of them. */
import type { Family, IpBytes } from "../../core/addr.ts";
import type { Weight } from "../compound.ts";
import type { AddressEntry, VIRTUAL_ADDRESS } from "../entries/address.ts";
import type { Finding } from "../finding.ts";
import type { Span } from "../place.ts";
import type { AUTH_HMAC } from "../tables/authentication.ts";
import type { TRACK } from "../tables/track.ts";
import type { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import type { Effective, InForce } from "./in-force.ts";

/** What always has a value. */
interface Sure {
  readonly state: "MASTER" | "BACKUP";
  readonly version: number;
  readonly priority: number;
  readonly advert_int: number; // ms
  readonly mcast_dst_ip: IpBytes;
  readonly accept: boolean;
  readonly nopreempt: boolean;
  readonly preempt_delay: number; // ms
  readonly down_timer_adverts: number;
  readonly strict_mode: boolean;
  readonly lower_prio_no_advert: boolean;
  readonly higher_prio_send_advert: boolean;
  readonly owner_ignore_adverts: boolean;
  readonly skip_check_adv_addr: boolean;
  readonly check_unicast_src: boolean;
  readonly garp_master_delay: number; // s
  readonly garp_master_repeat: number;
  readonly garp_master_refresh: number; // s
  readonly garp_master_refresh_repeat: number;
  readonly garp_lower_prio_delay: number; // s
  readonly garp_lower_prio_repeat: number;
  readonly smtp_alert: boolean;
  readonly notify_priority_changes: boolean;
}

/** What is made of what is written. */
interface Made {
  readonly name: string;
  readonly span: Span; // of the name
  readonly family: InForce<Family>;
  readonly authentication: InForce<Authentication | null>;
  readonly auth_hmac: InForce<Effective<typeof AUTH_HMAC> | null>;
  readonly virtual_ipaddress: readonly InForce<EffectiveAddress>[];
  readonly virtual_ipaddress_excluded: readonly InForce<EffectiveAddress>[];
  readonly trackers: readonly Tracker[]; // also those of its sync group
  readonly group: string | null; // its sync group
  readonly faults: readonly Finding[]; // each keeps it in FAULT
  readonly refusals: readonly Finding[]; // each keeps keepalived from running VRRP at all
}

type Row = typeof VRRP_INSTANCE;
type Replaced = keyof Sure | keyof Made | keyof typeof TRACK | "preempt" | "no_accept";

export type EffectiveInstance = Omit<Effective<Row>, Replaced> & {
  readonly [K in keyof Sure]: InForce<Sure[K]>;
} & Made;

export type EffectiveAddress = AddressEntry<Effective<typeof VIRTUAL_ADDRESS>>;

export interface Authentication {
  readonly type: "PASS" | "AH";
  readonly password: Uint8Array; // 1 to 8 bytes
  readonly passwordSpan: Span | null;
}

export type TrackerKind = "interface" | "script" | "file" | "process" | "bfd";

export interface Tracker {
  readonly kind: TrackerKind;
  readonly name: string;
  readonly weight: InForce<Weight>; // 0: FAULT while it is down
  readonly because: TrackedBecause;
  readonly span: Span | null; // where that is written; null: the default
}

/** tracked: a track_ block of the instance; group: one of its sync group; the others are what keepalived adds. */
export type TrackedBecause = "tracked" | "group" | "own interface" | "address" | "route" | "rule";
