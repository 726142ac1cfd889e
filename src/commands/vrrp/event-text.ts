/** Events of a virtual router as lines for people. */
import { type CauseRecord, causeRecord } from "../../app/vrrp/event-record.ts";
import {
  ADDRESS_LIST_DIFFERS,
  type VrrpEvent,
  type VrrpRejectionEvent,
  type VrrpTransition,
} from "../../app/vrrp/events.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";

/** `BACKUP -> MASTER  cause=advert-timeout last=10.0.0.2 age=3.61s limit=3.609s`. */
export function eventLine(event: VrrpEvent, paintState: PaintText = String): string {
  switch (event.type) {
    case "transition":
      return transitionLine(event.from, event.to, causeRecord(event.cause), paintState);
    case "advert-rejected":
      return rejectionLine(event);
    case "stall":
      return `stall ${formatDurationMs(event.durationMs)}${times(event.count)}`;
    case "notice":
    case "trouble":
      return printable(event.text); // may quote the kernel or the words of a hook
  }
}

/** A transition as it happened or as a running instance tells of it. */
export const transitionLine = (
  from: string,
  to: string,
  cause: CauseRecord,
  paintState: PaintText = String,
): string => `${from.toUpperCase()} -> ${paintState(to.toUpperCase())}  cause=${causeText(cause)}`;

/** The colour of a state that is entered. */
export const statePaint = (state: VrrpTransition["to"], paint: Paint): PaintText =>
  ({ master: paint.green, backup: paint.yellow, fault: paint.red, init: String })[state];

type PaintText = (text: string) => string;

function rejectionLine({ reason, source, heard, ours, count }: VrrpRejectionEvent): string {
  const verdict = reason === ADDRESS_LIST_DIFFERS ? "advert accepted" : "advert rejected";
  const values = heard === null ? "" : ` heard=${heard} ours=${ours}`;
  return `${verdict}  reason=${reason} source=${source}${values}${times(count)}`;
}

const times = (count: number): string => (count === 1 ? "" : ` (${count} times)`);

function causeText(cause: CauseRecord): string {
  switch (cause.kind) {
    case "advert-timeout": {
      const [age, limit] = [cause.age_ms, cause.limit_ms].map(formatDurationMs);
      return `${cause.kind} last=${cause.last ?? "none"} age=${age} limit=${limit}`;
    }
    case "overslept": {
      const [silent, limit] = [cause.silent_ms, cause.limit_ms].map(formatDurationMs);
      return `${cause.kind} silent=${silent} limit=${limit}`;
    }
    case "fault":
      return `${cause.kind} faults=${cause.faults.join(",")}`;
    case "peer-resigned":
      return `${cause.kind} peer=${cause.source}`;
    case "preempt":
    case "higher-priority":
    case "tie-lost":
    case "owner-stays":
      return `${cause.kind} peer=${cause.source} priority=${cause.priority}`;
    case "released":
      return `${cause.kind} to=${cause.to ?? "nobody"}`;
    default:
      return cause.kind;
  }
}
