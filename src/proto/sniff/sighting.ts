/** What an onlooker makes of one packet. */
import type { SeenBroken, SeenCarp, SeenClaim } from "../../core/dissect/seen.ts";
import type { Reason } from "./reason.ts";
import type { SniffedAdvert } from "./sniffed-advert.ts";
import type { Speaker } from "./speaker.ts";
import type { VirtualRouter } from "./virtual-router.ts";

export type Sighting = AdvertSighting | OtherSighting;

/** One object for all adverts that say the same; what is concluded of them changes with time. */
export interface AdvertSighting {
  readonly kind: "advert";
  readonly segment: string;
  readonly direction: "in" | "out" | null;
  readonly advert: SniffedAdvert;
  readonly router: VirtualRouter;
  speaker: Speaker | null; // null: nobody believes it
  reasons: readonly Reason[]; // empty: it is right
  epoch: number; // of the router, when this was concluded
  revision: number; // grows when anything but the time is another than before
}

export type OtherSighting = { readonly segment: string; readonly reasons: readonly Reason[] } & (
  | { readonly kind: "carp"; readonly seen: SeenCarp }
  | { readonly kind: "claim"; readonly seen: SeenClaim; readonly router: VirtualRouter }
  | { readonly kind: "broken"; readonly seen: SeenBroken }
);
