/** What a page of a running `ha up` is made of. */
import type { HaHistoryRecord } from "../up/parent/past.ts";
import type { HaStatusRecord } from "../up/parent/status.ts";
import type { EarlierState } from "./earlier.ts";

export interface HaView {
  readonly host: string; // its name
  readonly wallMs: number; // when this was so
  readonly status: HaStatusRecord;
  readonly transitions: readonly HaHistoryRecord[]; // oldest first
  readonly earlier: readonly EarlierState[]; // of a day; also what is among the transitions
}

/** Who makes the page. */
export interface Pages {
  readonly page: (view: HaView) => string;
  /** Of the same page what can change, by the id of its element. */
  readonly parts: (view: HaView) => Readonly<Record<string, string>>;
  readonly script: string; // as it stands in the page
  readonly style: string; // likewise
}
