/** A conflict over the addresses of a MASTER, as a record of `vrrp status`. */
import type { Conflict } from "../../proto/vrrp/conflict-watch.ts";

/** Somebody else has our addresses. */
export interface ConflictRecord {
  readonly kind: Conflict["kind"];
  readonly vip: string | null; // null: all of them
  readonly source: string | null; // of a second master's adverts
  readonly mac: string; // theirs
  readonly our_mac: string;
  readonly age_ms: number; // since it was heard first
  readonly last_heard_age_ms: number;
  readonly count: number; // claims or adverts
}

export const conflictRecord = (
  { kind, vip, source, mac, sinceMs, lastMs, count }: Conflict,
  ourMac: string,
  nowMs: number,
): ConflictRecord => ({
  kind,
  vip,
  source,
  mac,
  our_mac: ourMac,
  age_ms: nowMs - sinceMs,
  last_heard_age_ms: nowMs - lastMs,
  count,
});
