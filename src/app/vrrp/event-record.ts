/** Events of a virtual router as JSON records: of `vrrp run -j`, and of the control socket. */
import { formatCidr } from "../../core/addr.ts";
import type { VrrpCause } from "../../proto/vrrp/facts.ts";
import type { Circumstances, VrrpEvent } from "./events.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";

/** One NDJSON record; every key of its type is always there. */
export function eventRecord(
  event: VrrpEvent,
  instance: VrrpInstance,
  seq: number,
  wallMs: number,
): object {
  const head = recordHead(event.type, instance, seq, wallMs);
  switch (event.type) {
    case "transition": {
      const { from, to, priority, cause, circumstances } = event;
      return {
        ...head,
        from,
        to,
        priority,
        cause: causeRecord(cause),
        vips: heldVips(instance).map(formatCidr),
        ...circumstancesRecord(circumstances),
      };
    }
    case "priority":
      return { ...head, from: event.from, to: event.to };
    case "advert-rejected": {
      const { reason, source, heard, ours, count } = event;
      return { ...head, reason, source, heard, ours, count };
    }
    case "conflict": {
      const { state, conflict, ourMac } = event;
      const { kind, vip, source, mac, sinceMs, lastMs, count } = conflict;
      const lasted_ms = lastMs - sinceMs;
      return { ...head, state, kind, vip, source, mac, our_mac: ourMac, lasted_ms, count };
    }
    case "verify":
      return { ...head, ...event };
    case "stall":
      return { ...head, duration_ms: event.durationMs, count: event.count };
    case "notice":
    case "trouble":
      return { ...head, text: event.text };
  }
}

/** What every record begins with: its type, its number, when it was, and of which router. */
export const recordHead = (
  type: string,
  { name, ifName, family, config }: VrrpInstance,
  seq: number,
  wallMs: number,
): object => ({
  type,
  seq,
  ts: new Date(wallMs).toISOString(),
  instance: name,
  interface: ifName,
  vrid: config.vrid,
  family: `ipv${family}`,
});

/** A cause with units in its keys, as everywhere in our JSON. */
export type CauseRecord =
  | Exclude<VrrpCause, { kind: "advert-timeout" | "overslept" | "addresses-taken" }>
  | {
      readonly kind: "advert-timeout";
      readonly last: string | null;
      readonly age_ms: number;
      readonly limit_ms: number;
    }
  | {
      readonly kind: "addresses-taken";
      readonly address: string;
      readonly times: number;
      readonly within_ms: number;
    }
  | { readonly kind: "overslept"; readonly silent_ms: number; readonly limit_ms: number };

/** The same cause as a record. */
export function causeRecord(cause: VrrpCause): CauseRecord {
  if (cause.kind === "overslept") {
    const { kind, silentMs, limitMs } = cause;
    return { kind, silent_ms: silentMs, limit_ms: limitMs };
  }
  if (cause.kind === "addresses-taken") {
    const { kind, address, times, withinMs } = cause;
    return { kind, address, times, within_ms: withinMs };
  }
  if (cause.kind !== "advert-timeout") return cause;
  const { kind, last, ageMs, limitMs } = cause;
  return { kind, last, age_ms: ageMs, limit_ms: limitMs };
}

/** What else was so, as keys of the record of a transition. */
export interface CircumstancesRecord {
  readonly last_advert: {
    readonly source: string;
    readonly priority: number;
    readonly interval_ms: number;
    readonly age_ms: number;
  } | null;
  readonly link: {
    readonly up: boolean;
    readonly running: boolean;
    readonly age_ms: number;
  } | null;
  readonly late_ms: number;
  readonly worst_late_ms: number;
  readonly suspects: readonly string[];
}

/** The same as a record. */
export function circumstancesRecord(circumstances: Circumstances): CircumstancesRecord {
  const { heard, link, lateMs, worstLateMs, suspects } = circumstances;
  return {
    last_advert: heard && {
      source: heard.source,
      priority: heard.priority,
      interval_ms: heard.intervalMs,
      age_ms: heard.ageMs,
    },
    link: link && { up: link.up, running: link.running, age_ms: link.ageMs },
    late_ms: lateMs,
    worst_late_ms: worstLateMs,
    suspects,
  };
}
