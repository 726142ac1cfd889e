/** What the processes of `ha up` tell each other. */
import type { TrackedState, Tracker } from "../../../proto/ha/tracking.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "../../vrrp/events.ts";
import type { AddressLease } from "../../vrrp/router.ts";
import type { HaPlan } from "./plan.ts";

/** Those that the parent starts and watches. */
export type ChildRole = "vrrp" | "checkers";

/** A tracked thing as it is now. */
export interface TrackedNews {
  readonly kind: Tracker["kind"];
  readonly name: string;
  readonly state: TrackedState;
}

/** Where virtual routers were when the process before this one ended, by name. */
export type FormerStates = ReadonlyMap<string, VrrpState>;

export type ToVrrp =
  | { readonly kind: "plan"; readonly plan: HaPlan; readonly former: FormerStates }
  | { readonly kind: "tracked"; readonly news: readonly TrackedNews[] };

export type ToCheckers =
  /** `known`: what the process before this one had found. */
  | { readonly kind: "plan"; readonly plan: HaPlan; readonly known: readonly TrackedNews[] }
  | RouterEvent;

export type ToChild<Own> = Own | { readonly kind: "end" };

export type FromChild =
  | { readonly kind: "beat"; readonly lateMs: number } // how late its own loop was
  | { readonly kind: "running" } // it does all that it was told to
  | RouterEvent
  | { readonly kind: "leases"; readonly leases: readonly RouterLease[] } // renewed, or there no more
  | { readonly kind: "tracked"; readonly news: readonly TrackedNews[] }
  | { readonly kind: "trouble"; readonly text: string } // and it goes on
  | { readonly kind: "refused"; readonly text: string } // and it ends
  | { readonly kind: "done" }; // all was handed over

/** Addresses of a router that the kernel takes away where nobody renews them. */
export interface RouterLease extends AddressLease {
  readonly instance: string;
}

export interface RouterEvent {
  readonly kind: "router";
  readonly instance: string;
  readonly event: VrrpEvent;
}
