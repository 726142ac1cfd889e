/** The answer of a check as a Nagios plugin gives it: one line, perfdata behind a bar, a status of 0..3. */
import { printable } from "../../core/printable.ts";
import { formatRange, isAlert, type Limit, type Range } from "../../proto/check/thresholds.ts";
import { endsSoon } from "./cert-warning.ts";
import type { CheckRecord } from "./check-record.ts";

export { type Limit, parseLimit } from "../../proto/check/thresholds.ts";

export interface NagiosLimits {
  readonly warn: Limit | undefined;
  readonly crit: Limit | undefined;
  readonly cert: CertLimits;
}

/** Days that a certificate must be good for; null: it does not matter. */
export interface CertLimits {
  readonly warnDays: number | null;
  readonly critDays: number | null; // below it the target is down
}

export interface NagiosAnswer {
  readonly line: string;
  readonly status: 0 | 1 | 2 | 3;
}

/**
 * ICMP is told as check_icmp does, by mean time and loss; all else by the time in seconds, as check_tcp
 * does. Without limits it is the verdict alone that counts.
 * @param verdict of all targets together
 * @param mostMs that a check may take
 */
export function nagiosAnswer(
  kind: string,
  records: readonly CheckRecord[],
  verdict: CheckRecord["verdict"],
  limits: NagiosLimits,
  mostMs: number,
): NagiosAnswer {
  const isEcho = kind === "icmp" || (limits.warn ?? limits.crit)?.lossPct != null;
  const status = statusOf(records, verdict, limits);
  const perfdata = records.flatMap((record) => {
    const label = records.length === 1 ? "" : record.target;
    const data = isEcho ? echoData(record, label, limits) : timeData(record, label, limits, mostMs);
    return [...data, ...certData(record, label, limits)];
  });
  const head = kind === "icmp" ? WORDS[status] : `${kind.toUpperCase()} ${WORDS[status]}`;
  const text = records.length === 1 ? textOf(records[0], isEcho) : summary(records);
  const data = perfdata.length === 0 ? "" : `|${perfdata.join(" ")}`;
  return { line: `${head} - ${printable(text).replaceAll("|", "/")}${data}`, status };
}

/** Where the plugin could not even begin. */
export const nagiosRefusal = (reason: string): NagiosAnswer => ({
  line: `UNKNOWN - ${printable(reason).replaceAll("|", "/")}`,
  status: 3,
});

function statusOf(
  records: readonly CheckRecord[],
  verdict: CheckRecord["verdict"],
  { warn, crit, cert: { warnDays } }: NagiosLimits,
): NagiosAnswer["status"] {
  if (verdict !== "up") return verdict === "down" ? 2 : 3;
  if (records.some((record) => isBeyond(record, crit))) return 2;
  const isWarned = (record: CheckRecord): boolean =>
    isBeyond(record, warn) || (record.verdict === "up" && endsSoon(record.facts, warnDays));
  return records.some(isWarned) ? 1 : 0;
}

/** A target that is down is for the verdict to judge. */
function isBeyond({ avg_ms: avgMs, loss_pct: lossPct }: CheckRecord, limit: Limit | undefined) {
  if (limit === undefined || avgMs === null) return false;
  return isAlert(limit.time, avgMs) || (limit.lossPct !== null && (lossPct ?? 0) >= limit.lossPct);
}

function textOf(record: CheckRecord | undefined, isEcho: boolean): string {
  if (record === undefined) return "nothing was checked";
  const { target, verdict, class: code, detail, avg_ms: avgMs, loss_pct: lossPct } = record;
  if (verdict === "unknown") return `${target}: ${detail}`;
  if (isEcho) {
    const what = verdict === "up" ? "" : `${detail}, `;
    return `${target}: ${what}rta ${avgMs === null ? "nan" : `${avgMs.toFixed(3)}ms`}, lost ${percent(lossPct ?? 100)}%`;
  }
  if (avgMs === null) return `${target}: ${detail} (${code})`;
  return `${target}: ${detail}, ${seconds(avgMs)}s response time`;
}

/** How many are up, and those that are not, as long as a line may be. */
function summary(records: readonly CheckRecord[]): string {
  const bad = records.filter(({ verdict }) => verdict !== "up");
  const told = bad.slice(0, MOST_TOLD).map(({ target, detail }) => `${target} ${detail}`);
  const more = bad.length > MOST_TOLD ? [`${bad.length - MOST_TOLD} more`] : [];
  const head = `${records.length - bad.length} of ${records.length} up`;
  return [head, ...told, ...more].join(", ");
}

function timeData(
  { avg_ms: avgMs }: CheckRecord,
  label: string,
  { warn, crit }: NagiosLimits,
  mostMs: number,
): string[] {
  if (avgMs === null) return label === "" ? [] : [`${quoted(label)}=U;;;;`];
  const [low, high] = [rangeText(warn?.time, seconds), rangeText(crit?.time, seconds)];
  const name = label === "" ? "time" : quoted(label);
  return [`${name}=${seconds(avgMs)}s;${low};${high};${seconds(0)};${seconds(mostMs)}`];
}

/** Times in milliseconds. */
function echoData(record: CheckRecord, label: string, { warn, crit }: NagiosLimits): string[] {
  const { avg_ms, max_ms, min_ms, loss_pct } = record;
  const name = (metric: string): string => (label === "" ? metric : quoted(`${label} ${metric}`));
  const value = (ms: number | null): string => (ms === null ? "U" : `${ms.toFixed(3)}ms`);
  const fixed = (ms: number): string => ms.toFixed(3);
  const [low, high] = [rangeText(warn?.time, fixed), rangeText(crit?.time, fixed)];
  const loss = loss_pct === null ? "U" : `${percent(loss_pct)}%`;
  return [
    `${name("rta")}=${value(avg_ms)};${low};${high};0;`,
    `${name("pl")}=${loss};${warn?.lossPct ?? ""};${crit?.lossPct ?? ""};0;100`,
    `${name("rtmax")}=${value(max_ms)};;;;`,
    `${name("rtmin")}=${value(min_ms)};;;;`,
  ];
}

/** Days that are left, where it is asked for so many. */
function certData({ facts }: CheckRecord, label: string, { cert }: NagiosLimits): string[] {
  const { cert_days: left } = facts;
  if (cert.critDays === null || typeof left !== "number") return [];
  const name = label === "" ? "cert_days" : quoted(`${label} cert_days`);
  return [
    `${name}=${left};${cert.warnDays === null ? "" : `${cert.warnDays}:`};${cert.critDays}:;;`,
  ];
}

const rangeText = (range: Range | undefined, number: (ms: number) => string): string =>
  range === undefined ? "" : formatRange(range, number);

const seconds = (ms: number): string => (ms / 1000).toFixed(6);
const percent = (share: number): string => `${Number(share.toFixed(1))}`;

/** A label has neither an equals sign nor a quote that is not doubled. */
const quoted = (label: string): string =>
  `'${printable(label).replaceAll("=", "_").replaceAll("|", "/").replaceAll("'", "''")}'`;

const MOST_TOLD = 5;
const WORDS = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;
