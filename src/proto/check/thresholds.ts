/** Limits of a Nagios plugin (monitoring plugins guidelines, "Threshold and Ranges"): when a value alerts. */
import { parseDurationMs } from "../../core/duration.ts";

/** `10` alerts below 0 and above 10, `10:` below 10, `~:10` above 10, `@10:20` within. */
export interface Range {
  readonly from: number; // -Infinity: `~`
  readonly until: number; // Infinity: none is written
  readonly within: boolean; // alerts within, ends included, instead of beyond
}

/** Of times, in milliseconds; of losses as check_icmp has them, in percent. */
export interface Limit {
  readonly time: Range;
  readonly lossPct: number | null; // alerts from here on
}

/** Of times in milliseconds. @param unitMs what a number without a unit counts in. @returns it, or why the text is none */
export function parseRange(text: string, unitMs: number): Range | string {
  const [, at, from, until = ""] = /^(@?)(?:([^:@]*):)?([^:@]*)$/.exec(text) ?? [];
  if (at === undefined || (until === "" && !from)) return "is no range";
  const low = from === "~" ? Number.NEGATIVE_INFINITY : from ? timeOf(from, unitMs) : 0;
  const high = until === "" ? Number.POSITIVE_INFINITY : timeOf(until, unitMs);
  if (low === undefined || high === undefined)
    return "is no range: write 0.5, 100ms, 1:2, ~:3 or @1:2";
  if (low > high) return "is a range that ends before it begins";
  return { from: low, until: high, within: at === "@" };
}

/** A range of times in seconds, or `RTA,PL%` with the time in milliseconds, as check_icmp takes it. */
export function parseLimit(text: string): Limit | string {
  const [timeText = "", lossText, more] = text.split(",");
  if (lossText === undefined) {
    const time = parseRange(timeText, 1000);
    return typeof time === "string" ? time : { time, lossPct: null };
  }
  const lossPct = /^\d{1,3}(\.\d+)?%$/.test(lossText) ? Number(lossText.slice(0, -1)) : 101;
  if (lossPct > 100 || more !== undefined)
    return "is no pair of a time and a loss, such as 200,40%";
  const time = parseRange(timeText, 1);
  return typeof time === "string" ? time : { time, lossPct };
}

export const isAlert = ({ from, until, within }: Range, value: number): boolean =>
  within === (value >= from && value <= until);

/** As perfdata has it. @param number writes a bound */
export function formatRange({ from, until, within }: Range, number: (bound: number) => string) {
  const begin = from === Number.NEGATIVE_INFINITY ? "~" : number(from);
  const end = until === Number.POSITIVE_INFINITY ? "" : number(until);
  const whole = from === 0 && end !== "" ? end : `${begin}:${end}`;
  return within ? `@${whole}` : whole;
}

function timeOf(text: string, unitMs: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * unitMs;
  const parsed = parseDurationMs(text);
  return "ms" in parsed ? parsed.ms : undefined;
}
