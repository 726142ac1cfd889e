/** Events of a virtual router as lines for people. */
import {
  type CauseRecord,
  type CircumstancesRecord,
  causeRecord,
  circumstancesRecord,
} from "../../app/vrrp/event-record.ts";
import {
  ADDRESS_LIST_DIFFERS,
  type VrrpConflictEvent,
  type VrrpEvent,
  type VrrpRejectionEvent,
  type VrrpTransition,
} from "../../app/vrrp/events.ts";
import type { VerifyRecord } from "../../app/vrrp/loop-prover.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";

/** `BACKUP -> MASTER  cause=advert-timeout last=10.0.0.2 age=3.61s limit=3.609s`. */
export function eventLine(event: VrrpEvent, paintState: PaintText = String): string {
  switch (event.type) {
    case "transition":
      return transitionLine(event.from, event.to, causeRecord(event.cause), paintState);
    case "priority":
      return `priority ${event.from} -> ${event.to}`;
    case "advert-rejected":
      return rejectionLine(event);
    case "conflict":
      return conflictLine(event);
    case "verify":
      return verifyText(event);
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

/** What else was so: `last advert 10.0.0.2 priority 200 every 1s, 3.61s ago; link up for 2h; ...`. */
export function circumstancesLine(circumstances: CircumstancesRecord): string {
  const { last_advert: last, suspects } = circumstances;
  const [interval, age] = [last?.interval_ms ?? 0, last?.age_ms ?? 0].map(formatDurationMs);
  const heard = last
    ? `last advert ${last.source} priority ${last.priority} every ${interval}, ${age} ago`
    : "no advert heard";
  const blame = suspects.length > 0 ? `; taken perhaps by ${suspects.join(", ")}` : "";
  return `${heard}; ${ownHealthLine(circumstances)}${blame}`;
}

/** `link up for 2h, timers 0.1ms late, at most 3ms`. */
export function ownHealthLine({ link, late_ms, worst_late_ms }: CircumstancesRecord): string {
  const [late, worst] = [late_ms, worst_late_ms].map(formatDurationMs);
  return `${linkText(link)}, timers ${late} late, at most ${worst}`;
}

/** Of an event, where there is more to tell than its line does. */
export const eventDetail = (event: VrrpEvent): string | undefined =>
  event.type === "transition"
    ? circumstancesLine(circumstancesRecord(event.circumstances))
    : undefined;

function linkText(link: CircumstancesRecord["link"]): string {
  if (link === null) return "no link";
  const state = link.running ? "up" : link.up ? "without carrier" : "down";
  return `link ${state} for ${formatDurationMs(link.age_ms)}`;
}

/** The colour of a state that is entered. */
export const statePaint = (state: VrrpTransition["to"], paint: Paint): PaintText =>
  ({ master: paint.green, backup: paint.yellow, fault: paint.red, init: String })[state];

type PaintText = (text: string) => string;

function rejectionLine({ reason, source, heard, ours, count }: VrrpRejectionEvent): string {
  const verdict = reason === ADDRESS_LIST_DIFFERS ? "advert accepted" : "advert rejected";
  const values = heard === null ? "" : ` heard=${heard} ours=${ours}`;
  return `${verdict}  reason=${reason} source=${source ?? "many"}${values}${times(count)}`;
}

/** `gateway 10.0.0.1 answers at our MAC after 2 sends, 0.038s`; also of `vrrp status`. */
export function verifyText(record: VerifyRecord): string {
  const { host, role, vip, verdict, sends, tried } = record;
  const who = `${role} ${host}`;
  const [took, count] = [
    formatDurationMs(record.took_ms),
    sends === 1 ? "1 send" : `${sends} sends`,
  ];
  const ways = tried.length === 0 ? "" : `; tried ${tried.join(", ")}`;
  switch (verdict) {
    case "answers":
      return `${who} answers at our MAC after ${count}, ${took}`;
    case "no-echo":
      return `${who} is reached and reaches us, but answers no echo request: where it sends what is for ${vip} cannot be seen`;
    case "astray":
      return `${who} answers this host and not ${vip}: it may believe another MAC (${count} in ${took}${ways})`;
    case "silent":
      return `${who} does not answer ${vip} (${count} in ${took}${ways})`;
  }
}

function conflictLine({ state, conflict, ourMac }: VrrpConflictEvent): string {
  const { kind, vip, source, mac, sinceMs, lastMs, count } = conflict;
  const what = vip === null ? `source=${source}` : `vip=${vip}`;
  const lasted = formatDurationMs(lastMs - sinceMs);
  const length = state === "begun" ? "" : ` lasted=${lasted} count=${count}`;
  return `conflict ${state}  kind=${kind} ${what} theirs=${mac} ours=${ourMac}${length}`;
}

const times = (count: number): string => (count === 1 ? "" : ` (${count} times)`);

/** Why a state was entered: `advert-timeout last=10.0.0.2 age=3.61s limit=3.609s`. */
export function causeText(cause: CauseRecord): string {
  switch (cause.kind) {
    case "advert-timeout": {
      const [age, limit] = [cause.age_ms, cause.limit_ms].map(formatDurationMs);
      return `${cause.kind} last=${cause.last ?? "none"} age=${age} limit=${limit}`;
    }
    case "overslept": {
      const [silent, limit] = [cause.silent_ms, cause.limit_ms].map(formatDurationMs);
      return `${cause.kind} silent=${silent} limit=${limit}`;
    }
    case "addresses-refused":
      return `${cause.kind} reason=${printable(cause.reason)}`;
    case "addresses-taken": {
      const { kind, address, times: taken, within_ms } = cause;
      return `${kind} address=${address} times=${taken} within=${formatDurationMs(within_ms)}`;
    }
    case "fault":
      return `${cause.kind} faults=${cause.faults.join(",")}`;
    case "peer-resigned":
      return `${cause.kind} source=${cause.source}`;
    case "preempt":
    case "higher-priority":
    case "tie-lost":
    case "owner-stays":
      return `${cause.kind} source=${cause.source} priority=${cause.priority}`;
    case "released":
      return `${cause.kind} to=${cause.to ?? "nobody"}`;
    default:
      return cause.kind;
  }
}
