/** What a running virtual router tells: the command prints these as lines or as NDJSON. */
import type { VrrpCause, VrrpState } from "../proto/vrrp-facts.ts";

export type VrrpEvent =
  | VrrpTransition
  /** An advert for our VRID that was not believed; `count` of them since the last one told. */
  | {
      readonly type: "advert-rejected";
      readonly reason: string; // a code of `proto/vrrp-receive.ts` or of the decoder
      readonly source: string;
      readonly count: number;
    }
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
}
