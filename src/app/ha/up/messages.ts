/** What the processes of `ha up` tell each other. */
import type { TrackedState, Tracker } from "../../../proto/ha/tracking.ts";
import type { VrrpState } from "../../../proto/vrrp/facts.ts";
import type { FileAsRead } from "../../file-watch.ts";
import type { VrrpEvent } from "../../vrrp/events.ts";
import type { AddressLease } from "../../vrrp/router-witness.ts";
import type { HaPlan } from "./plan/plan.ts";
import type { HandWeight } from "./servers/hand-weights.ts";
import type { KnownServers, ServerNews } from "./servers/server-events.ts";

/** Those that the parent starts and watches. */
export type ChildRole = "vrrp" | "checkers" | "web";

/** A tracked thing as it is now. */
export interface TrackedNews {
  readonly kind: Tracker["kind"];
  readonly name: string;
  readonly state: TrackedState;
}

/** Where virtual routers were when the process before this one ended, by name. */
export type FormerStates = ReadonlyMap<string, VrrpState>;

/** What the parent may ask of a child; the answer is a JSON object, with the key `error` where it is refused. */
export type Question =
  /** Of that of the routers: what one can be asked by its own control socket. */
  | {
      readonly kind: "router";
      readonly instance: string;
      readonly request: Readonly<Record<string, unknown>>;
    }
  /** Of that of the checks: the latest run of each script. */
  | { readonly kind: "scripts" }
  /** Likewise: all virtual servers. */
  | { readonly kind: "services" };

export type ToVrrp =
  | { readonly kind: "maintenance"; readonly isOn: boolean }
  | { readonly kind: "plan"; readonly plan: HaPlan; readonly former: FormerStates }
  | { readonly kind: "tracked"; readonly news: readonly TrackedNews[] };

export type ToCheckers =
  /** `known`, `states`: what the process before this one had found, and been told. */
  | {
      readonly kind: "plan";
      readonly plan: HaPlan;
      readonly known: readonly TrackedNews[];
      readonly states: FormerStates;
      readonly watched: readonly FileAsRead[]; // that they change is to be told
      readonly servers: KnownServers; // likewise
      readonly weights: readonly HandWeight[];
    }
  | { readonly kind: "weights"; readonly weights: readonly HandWeight[] } // all that are set by hand
  | RouterEvent
  | LowerHeard;

/** It may take its port now. */
export type ToWeb = { readonly kind: "serve" };

export type ToChild<Own> =
  | Own
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "end" }
  | { readonly kind: "abandon" }; // at once

export type FromChild =
  | { readonly kind: "beat"; readonly lateMs: number } // how late its own loop was
  | { readonly kind: "running" } // it does all that it was told to
  | RouterEvent
  | LowerHeard
  | { readonly kind: "answer"; readonly id: number; readonly answer: object }
  | { readonly kind: "heard"; readonly heard: readonly HeardMaster[] } // where it has changed
  | { readonly kind: "leases"; readonly leases: readonly RouterLease[] } // renewed, or there no more
  | { readonly kind: "tracked"; readonly news: readonly TrackedNews[] }
  | { readonly kind: "servers"; readonly news: ServerNews }
  | { readonly kind: "trouble"; readonly text: string } // and it goes on
  | { readonly kind: "refused"; readonly text: string } // and it ends
  | { readonly kind: "files-changed" }
  | { readonly kind: "applied" } // it goes by the plan that it was sent last
  | { readonly kind: "done" }; // all was handed over

/** What the routers tell, and what is wrong beside them. */
export type FromRouters =
  | RouterEvent
  | LowerHeard
  | { readonly kind: "trouble"; readonly text: string };
/** Addresses of a router that the kernel takes away where nobody renews them. */
export interface RouterLease extends AddressLease {
  readonly instance: string;
}

/** Who else is heard as MASTER by a router that is not MASTER. */
export interface HeardMaster {
  readonly instance: string;
  readonly master: string | null; // its address; null: nobody, since the last advert
  readonly sinceMs: number; // Clock.nowMs
}

export interface RouterEvent {
  readonly kind: "router";
  readonly instance: string;
  readonly event: VrrpEvent;
  readonly atMs?: number; // Clock.nowMs; else it is told in the moment in which it happens
}

/** As MASTER it hears a router of lower priority. */
export interface LowerHeard {
  readonly kind: "lower-heard";
  readonly instance: string;
  readonly priority: number; // its own
}
