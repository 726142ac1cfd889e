/** What happened in a simulation, in its order. */
import type { Term } from "../../../proto/ha/tracking.ts";
import type { VrrpCause, VrrpState } from "../../../proto/vrrp/facts.ts";

export type TimelineEntry = { readonly atMs: number } & Happening;

export type Happening =
  | { readonly kind: "event"; readonly words: string }
  | {
      readonly kind: "tracked"; // a script, process, file or interface is another way
      readonly node: string;
      readonly name: string;
      readonly state: "up" | "down" | number;
    }
  | ({
      readonly kind: "state";
      readonly from: VrrpState;
      readonly state: VrrpState;
      readonly cause: VrrpCause;
      readonly holders: readonly Holding[]; // of its addresses, from now on
    } & Standing)
  | ({
      readonly kind: "priority";
      readonly state: VrrpState;
      readonly formerPriority: number;
    } & Standing);

/** Whose entry it is, and how it stands. */
export interface Standing {
  readonly node: string;
  readonly instance: string;
  readonly priority: number; // effective
  readonly basePriority: number;
  readonly terms: readonly Term[];
}

export interface Holding {
  readonly address: string;
  readonly nodes: readonly string[];
}

/** Keeps the first of them: one that flaps for days must not fill the memory. */
export class Timeline {
  readonly entries: TimelineEntry[] = [];
  leftOut = 0;

  add(atMs: number, happening: Happening): void {
    if (this.entries.length < MOST_ENTRIES) this.entries.push({ atMs, ...happening });
    else this.leftOut += 1;
  }
}

const MOST_ENTRIES = 100_000;
