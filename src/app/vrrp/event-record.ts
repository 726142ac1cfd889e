/** Events of a virtual router as JSON records: of `vrrp run -j`, and of the control socket. */
import { formatCidr } from "../../core/addr.ts";
import type { VrrpCause } from "../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "./events.ts";
import type { VrrpInstance } from "./instance.ts";

/** One NDJSON record; every key of its type is always there. */
export function eventRecord(
  event: VrrpEvent,
  { name, ifName, family, vips, config }: VrrpInstance,
  seq: number,
  wallMs: number,
): object {
  const head = {
    type: event.type,
    seq,
    ts: new Date(wallMs).toISOString(),
    instance: name,
    interface: ifName,
    vrid: config.vrid,
    family: `ipv${family}`,
  };
  switch (event.type) {
    case "transition": {
      const { from, to, priority, cause } = event;
      return { ...head, from, to, priority, cause: causeRecord(cause), vips: vips.map(formatCidr) };
    }
    case "advert-rejected": {
      const { reason, source, heard, ours, count } = event;
      return { ...head, reason, source, heard, ours, count };
    }
    case "stall":
      return { ...head, duration_ms: event.durationMs, count: event.count };
    case "notice":
    case "trouble":
      return { ...head, text: event.text };
  }
}

/** A cause with units in its keys, as everywhere in our JSON. */
export type CauseRecord =
  | Exclude<VrrpCause, { kind: "advert-timeout" | "overslept" }>
  | {
      readonly kind: "advert-timeout";
      readonly last: string | null;
      readonly age_ms: number;
      readonly limit_ms: number;
    }
  | { readonly kind: "overslept"; readonly silent_ms: number; readonly limit_ms: number };

/** The same cause as a record. */
export function causeRecord(cause: VrrpCause): CauseRecord {
  if (cause.kind === "overslept") {
    const { kind, silentMs, limitMs } = cause;
    return { kind, silent_ms: silentMs, limit_ms: limitMs };
  }
  if (cause.kind !== "advert-timeout") return cause;
  const { kind, last, ageMs, limitMs } = cause;
  return { kind, last, age_ms: ageMs, limit_ms: limitMs };
}
