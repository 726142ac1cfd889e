/** What a running virtual router tells: the command prints these as lines or as NDJSON. */
import type { Conflict } from "../../proto/vrrp/conflict-watch.ts";
import type { VrrpCause, VrrpState } from "../../proto/vrrp/facts.ts";
import type { VerifyRecord } from "./loop-prover.ts";

export type VrrpEvent =
  | VrrpTransition
  | VrrpRejectionEvent
  | VrrpConflictEvent
  /** Whether a neighbour sends what is for our addresses to us, after a takeover. */
  | ({ readonly type: "verify" } & VerifyRecord)
  /** Somebody asked for another priority. */
  | { readonly type: "priority"; readonly from: number; readonly to: number }
  /** This process did not run for `durationMs`; `count` such times since the last one told. */
  | { readonly type: "stall"; readonly durationMs: number; readonly count: number }
  /** Something that a person should know and need not act on. */
  | { readonly type: "notice"; readonly text: string }
  /** Something went wrong and the router goes on. */
  | { readonly type: "trouble"; readonly text: string };

export interface VrrpTransition {
  readonly type: "transition";
  readonly from: VrrpState;
  readonly to: VrrpState;
  readonly priority: number;
  readonly cause: VrrpCause;
  readonly circumstances: Circumstances;
}

/** What else was so at the moment of a transition. Ages count to that moment. */
export interface Circumstances {
  readonly heard: HeardAdvert | null; // the last advert of anybody
  readonly link: { readonly up: boolean; readonly running: boolean; readonly ageMs: number } | null;
  readonly lateMs: number; // of our own loop, for the timer that was due
  readonly worstLateMs: number; // since the transition before
  readonly suspects: readonly string[]; // programs that may have taken our addresses away
}

export interface HeardAdvert {
  readonly source: string;
  readonly priority: number;
  readonly intervalMs: number;
  readonly ageMs: number;
}

/** Somebody else has our addresses while we are MASTER, and goes on to; or does no more. */
export interface VrrpConflictEvent {
  readonly type: "conflict";
  readonly state: "begun" | "ended";
  readonly conflict: Conflict;
  readonly ourMac: string;
  readonly priority: number;
}

/** An advert for our VRID that is not as it should be; `count` of them since the last one told. */
export interface VrrpRejectionEvent {
  readonly type: "advert-rejected";
  readonly reason: string; // a code of `proto/vrrp/receive.ts`, of the decoder, or ADDRESS_LIST_DIFFERS
  readonly source: string | null; // null: many senders, beyond those that are told one by one
  readonly heard: string | null; // the setting in which we differ: its own
  readonly ours: string | null;
  readonly count: number;
  readonly isMistake: boolean; // seen for the first time: somebody must change a configuration
}

/** The reason of an advert that is accepted all the same. */
export const ADDRESS_LIST_DIFFERS = "address-list-differs";
