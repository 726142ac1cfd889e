/** Lines of a log as systemd, a syslog daemon and programs read them. */
import { formatJson } from "../../../core/json.ts";
import { printable } from "../../../core/printable.ts";
import type { LogLine } from "../../../proto/ha/repeated-lines.ts";

/** For people: a file, a terminal or a pipe adds no time of its own. */
export const timedLine = ({ text }: LogLine, wallMs: number): string =>
  `${new Date(wallMs).toISOString()}  ${text}`;

/** The priority of sd-daemon(3), which systemd-journald takes off again. */
export const journalLine = ({ severity, text }: LogLine): string => `<${severity}>${text}`;

/** NDJSON: what happened, with its severity and the line for people. */
export function jsonLine({ severity, text, record }: LogLine, wallMs: number): string {
  const ts = new Date(wallMs).toISOString();
  return formatJson({ ts, severity: SEVERITIES[severity], message: text, ...record });
}

/** A datagram for /dev/log: RFC 3164 without the name of the host, as syslog(3) writes it. */
export function syslogDatagram(
  { severity, text }: LogLine,
  { facility, pid, wallMs }: SyslogOrigin,
): Uint8Array {
  const priority = FACILITIES[facility] * 8 + severity;
  const date = new Date(wallMs);
  const two = (number: number): string => `${number}`.padStart(2, "0");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  const stamp = `${MONTHS[date.getMonth()]} ${`${date.getDate()}`.padStart(2)} ${time}`;
  const line = `<${priority}>${stamp} vipkit[${pid}]: ${printable(text)}`;
  return new TextEncoder().encode(line).subarray(0, MAX_BYTES);
}

export interface SyslogOrigin {
  readonly facility: Facility;
  readonly pid: number;
  readonly wallMs: number;
}

export type Facility = (typeof FACILITY_NAMES)[number];

/** Those that programs other than the kernel's have a use for here. */
export const FACILITY_NAMES = [
  "daemon",
  "user",
  "local0",
  "local1",
  "local2",
  "local3",
  "local4",
  "local5",
  "local6",
  "local7",
] as const;

const FACILITIES: Readonly<Record<Facility, number>> = {
  daemon: 3,
  user: 1,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
};
const SEVERITIES = { 3: "error", 4: "warning", 5: "notice", 6: "info" } as const;
const MONTHS = [
  ...["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
  ...["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
] as const;
const MAX_BYTES = 2048;
