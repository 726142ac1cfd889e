/** Events of a virtual router as lines for people and as records for programs. */
import type { VrrpEvent } from "../../app/vrrp-events.ts";
import type { VrrpInstance } from "../../app/vrrp-instance.ts";
import { formatCidr } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";

type Cause = Extract<VrrpEvent, { type: "transition" }>["cause"];

/** `BACKUP -> MASTER  cause=advert-timeout last=10.0.0.2 age=3.61s limit=3.609s`. */
export function eventLine(event: VrrpEvent): string {
  switch (event.type) {
    case "transition":
      return `${event.from.toUpperCase()} -> ${event.to.toUpperCase()}  cause=${causeText(event.cause)}`;
    case "advert-rejected": {
      const times = event.count === 1 ? "" : ` (${event.count} times)`;
      return `advert rejected  reason=${event.reason} source=${event.source}${times}`;
    }
    case "notice":
    case "trouble":
      return printable(event.text); // may quote the kernel or the words of a hook
  }
}

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
    case "advert-rejected":
      return { ...head, reason: event.reason, source: event.source, count: event.count };
    case "notice":
    case "trouble":
      return { ...head, text: event.text };
  }
}

function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "advert-timeout": {
      const [age, limit] = [cause.ageMs, cause.limitMs].map(formatDurationMs);
      return `${cause.kind} last=${cause.last ?? "none"} age=${age} limit=${limit}`;
    }
    case "fault":
      return `${cause.kind} faults=${cause.faults.join(",")}`;
    case "peer-resigned":
      return `${cause.kind} peer=${cause.source}`;
    case "preempt":
    case "higher-priority":
    case "tie-lost":
      return `${cause.kind} peer=${cause.source} priority=${cause.priority}`;
    case "released":
      return `${cause.kind} to=${cause.to ?? "nobody"}`;
    default:
      return cause.kind;
  }
}

/** Units in the keys, as everywhere in our JSON. */
function causeRecord(cause: Cause): object {
  if (cause.kind !== "advert-timeout") return cause;
  const { kind, last, ageMs, limitMs } = cause;
  return { kind, last, age_ms: ageMs, limit_ms: limitMs };
}
