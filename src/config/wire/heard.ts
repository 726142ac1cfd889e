/** What was heard on a link for a while: who advertises, and how. */
import type { Family, IpBytes } from "../../core/addr.ts";

export interface HeardLink {
  readonly ifName: string;
  readonly listenedMs: number;
  readonly routers: readonly HeardRouter[];
}

export interface HeardRouter {
  readonly vrid: number;
  readonly family: Family;
  readonly speakers: readonly HeardSpeaker[]; // who is believed, the strongest MASTER first
  readonly disbelieved: number; // adverts that no receiver believes
}

export interface HeardSpeaker {
  readonly source: IpBytes;
  readonly isMaster: boolean; // up to the end
  readonly isHere: boolean; // it is this host
  readonly version: number;
  readonly intervalMs: number;
  readonly auth: HeardAuth;
  readonly checksum: "bare" | "pseudo-header" | "both" | "bad" | "unknown";
  readonly addresses: readonly string[]; // as `formatIp` has them
}

export type HeardAuth =
  | { readonly kind: "none" | "ah" }
  | { readonly kind: "simple"; readonly password: Uint8Array }
  | { readonly kind: "hmac"; readonly keyId: number }
  | { readonly kind: "unknown"; readonly type: number };
