/** What happens to a virtual router, as somebody sees it who looks on: one for each change, none for each advert. */
import type { Family } from "../../core/addr.ts";
import type { Reason } from "./reason.ts";

/** Of which virtual router it is, and when. */
export interface ChangeHead {
  readonly segment: string;
  readonly vrid: number;
  readonly family: Family;
  readonly atMs: number; // milliseconds since 1970
}

export type Change = ChangeHead & Happening;

export type Happening =
  | {
      readonly kind: "new-master";
      readonly source: string;
      readonly priority: number;
      readonly addresses: readonly string[];
      readonly cause: MasterCause;
      readonly former: string | null; // who was master before
      readonly silentMs: number | null; // for how long nobody was heard before
    }
  | {
      readonly kind: "second-master";
      readonly source: string;
      readonly priority: number;
      readonly beside: string;
    }
  /** Only one is left: `source`. */
  | {
      readonly kind: "single-master";
      readonly source: string;
      readonly former: string;
      readonly lastedMs: number; // both were heard
      readonly silentMs: number;
    }
  | { readonly kind: "two-groups"; readonly source: string; readonly beside: string }
  | { readonly kind: "resigned"; readonly source: string }
  | { readonly kind: "lost"; readonly source: string; readonly silentMs: number }
  | { readonly kind: "recovered"; readonly source: string; readonly silentMs: number }
  | {
      readonly kind: "priority" | "interval" | "version" | "auth" | "mac" | "addresses";
      readonly source: string;
      readonly from: string;
      readonly to: string;
    }
  /** Its adverts are wrong from now on in this way; without reasons: they are right again. */
  | { readonly kind: "verdict"; readonly source: string; readonly reasons: readonly Reason[] }
  /** An address of the router was claimed by a host that is not its master. */
  | { readonly kind: "claimed"; readonly address: string; readonly mac: string };

/**
 * `first`: nobody was known before. `preempt`: the former one was heard until now and is weaker.
 * `silence`: the former one was not heard for its master-down time. `resigned`: it gave up.
 */
export type MasterCause = "first" | "preempt" | "silence" | "resigned";
