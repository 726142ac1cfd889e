/**
 * What a virtual router is told and what it asks for, as plain JSON.
 * The states are called as people and scripts call them; RFC 9568 says Active for MASTER.
 */
import type { VrrpChecksum } from "../../core/wire/vrrp.ts";
import type { VrrpReconfiguration } from "./config.ts";
import type { InterfaceFault } from "./interface-status.ts";
import type { LossExcess } from "./loss-limit.ts";

export type VrrpState = "init" | "backup" | "master" | "fault";

/** Why a virtual router cannot take part. It is up when none of these is so. */
export type VrrpFault =
  | OutsideFault
  | "addresses-taken" // by somebody else, too often
  | "addresses-refused"; // by the kernel

/** Those that come and go without our doing. */
export type OutsideFault =
  | InterfaceFault
  | "no-socket" // the kernel refused one while the router ran
  | "tracked-down" // a check, a process, a file or an interface that it cannot do without
  | "sync-group"; // another member of the group cannot take part

/** `stopped` is the polite end: as MASTER it hands over first; a second one does not wait for that. */
export type VrrpFact =
  | { readonly kind: "started" }
  /** Likewise, as MASTER: the process before this one was it until just now, and left the addresses in place. */
  | { readonly kind: "resumed" }
  | { readonly kind: "stopped" }
  /**
   * As MASTER: hand over, and be BACKUP then; MASTER still where nobody takes over `withinMs`, or
   * within the time that the weakest router needs.
   */
  | { readonly kind: "asked-to-yield"; readonly withinMs?: number }
  | AdvertReceived
  | AdvertRejected
  | { readonly kind: "fault-raised"; readonly fault: OutsideFault }
  | { readonly kind: "fault-cleared"; readonly fault: OutsideFault }
  /** Somebody else removed virtual addresses that we hold. */
  | { readonly kind: "addresses-taken"; readonly addresses: readonly string[] }
  /** The kernel gave us not all of them: what was ordered behind `hold-addresses` was not done. */
  | { readonly kind: "addresses-refused"; readonly reason: string }
  /** What was refused may be granted now. */
  | { readonly kind: "interface-changed" }
  /** Some are gone by nobody's hand: their lease is over, or the LAN must learn of a new interface. */
  | { readonly kind: "addresses-lost" }
  /** By the sync group, to a member that is ready: as MASTER with all others. */
  | { readonly kind: "told-to-lead" }
  /** By the sync group, to a MASTER: another member is no longer that. */
  | { readonly kind: "told-to-follow" }
  /** By its user or what it tracks, and it goes on in its state. */
  | ({ readonly kind: "reconfigured" } & VrrpReconfiguration);

/** A valid advert of our virtual router from somebody else. */
export interface AdvertReceived {
  readonly kind: "advert-received";
  readonly source: string; // address of the sender
  readonly priority: number; // 0..255; 0 = it resigns
  readonly adverIntervalMs: number;
  readonly checksum: VrrpChecksum; // `pseudo-header` where there is no choice: version 2, IPv6
  readonly peerWinsTie: boolean; // its address is the higher one
  readonly addressesDiffer: boolean; // it stands for other virtual addresses than we do
  readonly disagreement?: Disagreement; // on the addresses
}

/** An advert that must not be believed. `reason` is a permanent kebab-case code. */
export interface AdvertRejected {
  readonly kind: "advert-rejected";
  readonly source: string;
  readonly reason: string;
  readonly disagreement?: Disagreement;
}

/** Where one setting of two routers is not the same: what the other one has, and what we have. */
export interface Disagreement {
  readonly heard: string;
  readonly ours: string;
}

export type VrrpOrder =
  | { readonly kind: "send-advert"; readonly priority: number; readonly checksum: VrrpChecksum }
  | HoldAddresses
  | Announce
  | ReportTransition
  /** What somebody took away is there again. */
  | { readonly kind: "report-restored"; readonly addresses: readonly string[] }
  /** Nobody took over from a MASTER that was asked to yield: it stays. */
  | { readonly kind: "report-no-successor" }
  /** Our process did not run: it comes to its timer so late. */
  | { readonly kind: "report-stall"; readonly lateMs: number };

/**
 * Have all virtual addresses on their interfaces, with a new lease, or none. Where that is refused the
 * orders behind it are void, and `addresses-refused` follows.
 */
export interface HoldAddresses {
  readonly kind: "hold-addresses";
  readonly held: boolean;
}

/** Tell the LAN where every virtual address is, `times` over; `extra`: for the tables of switches alone. */
export interface Announce {
  readonly kind: "announce";
  readonly times: number;
  readonly extra?: true;
}

export interface ReportTransition {
  readonly kind: "report-transition";
  readonly from: VrrpState;
  readonly to: VrrpState;
  readonly cause: VrrpCause;
}

/** What led to a transition, with its margins. */
export type VrrpCause =
  | { readonly kind: "started" | "stopped" | "fault-cleared" }
  /** Goes on where the process before this one was ended. */
  | { readonly kind: "resumed" }
  /** We own the addresses: priority 255 does not wait. */
  | { readonly kind: "owner" }
  | { readonly kind: "fault"; readonly faults: readonly VrrpFault[] }
  /** Nothing heard for `ageMs`, since the advert of `last` or, when null, since we began to listen. */
  | {
      readonly kind: "advert-timeout";
      readonly last: string | null;
      readonly ageMs: number;
      readonly limitMs: number;
    }
  /** The kernel does not give us the addresses; `reason` is for people. */
  | { readonly kind: "addresses-refused"; readonly reason: string }
  /** Somebody took this address of ours away, so many times within `withinMs`. */
  | ({ readonly kind: "addresses-taken" } & LossExcess)
  /** As MASTER we did not speak for `silentMs`, and after `limitMs` a peer may have taken over. */
  | { readonly kind: "overslept"; readonly silentMs: number; readonly limitMs: number }
  | { readonly kind: "peer-resigned"; readonly source: string }
  /** Another member of the sync group is BACKUP, so that we must be that too. */
  | { readonly kind: "sync-group" }
  /** We outrank the master that was heard. */
  | { readonly kind: "preempt"; readonly source: string; readonly priority: number }
  | { readonly kind: "higher-priority"; readonly source: string; readonly priority: number }
  /** We own the addresses and have the higher address, but another owner does not yield. */
  | { readonly kind: "owner-stays"; readonly source: string; readonly priority: number }
  /** Same priority, higher address. */
  | { readonly kind: "tie-lost"; readonly source: string; readonly priority: number }
  /** The hand-over ended: with the first advert of the next master, or with nobody there (null). */
  | { readonly kind: "released"; readonly to: string | null };
