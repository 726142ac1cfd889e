/** What the journal of availability that `ha up` keeps has to tell. */
import type { VrrpState } from "../vrrp/facts.ts";

/** By the wall clock of its host, and by its monotonic clock since a boot: that one never jumps. */
export interface JournalMoment {
  readonly bootId: string;
  readonly monoMs: number;
  readonly wallMs: number;
}

/** A virtual router, as its records name it. */
export interface JournalService {
  readonly instance: string;
  readonly family: string; // "ipv4", "ipv6"
  readonly vrid: number;
  readonly vips: readonly string[];
}

/** Why a router changed its state: `kind`, and what belongs to it. */
export type JournalCause = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface JournalTransition {
  readonly type: "transition";
  readonly service: JournalService;
  readonly from: VrrpState;
  readonly to: VrrpState;
  readonly cause: JournalCause;
  /** The last advert of anybody else. */
  readonly heard: {
    readonly priority: number;
    readonly ageMs: number;
    readonly intervalMs: number;
  } | null;
}

/** Whether the real servers of a virtual server are enough; undefined: it is no more. */
export interface JournalQuorum {
  readonly type: "quorum";
  readonly server: string; // the virtual one
  readonly isUp: boolean | undefined;
  readonly weight: number; // of those that are up
  readonly threshold: number; // that it passed, or no longer has
}

export type JournalNews =
  | { readonly type: "start"; readonly host: string | null } // of the node
  | { readonly type: "stop" | "alive" | "lost" }
  | JournalTransition
  /** Who else is heard as master for `ageMs` now, or with null: nobody since the last advert, `ageMs` ago. */
  | {
      readonly type: "hearing";
      readonly instance: string;
      readonly master: string | null;
      readonly ageMs: number;
    }
  /** How a router is, whatever was told of it before. */
  | {
      readonly type: "standing";
      readonly service: JournalService;
      readonly state: VrrpState;
      readonly master: string | null; // who else is heard
    }
  | JournalQuorum
  /** Whether a virtual server is left unchecked, for its address is not here. */
  | { readonly type: "suspended"; readonly server: string; readonly isSuspended: boolean };

export interface JournalRecord {
  readonly moment: JournalMoment;
  readonly news: JournalNews;
}
