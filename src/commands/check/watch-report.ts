/** How checks that go on are told: changes as they come, statistics at the end and when asked for. */
import { type CheckRecord, checkRecord } from "../../app/check/check-record.ts";
import type { ResultRecord } from "../../app/check/result-record.ts";
import type { Watched } from "../../app/check/watch.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { formatRows } from "../table.ts";
import { millisecondsText, PAINTS } from "./check-report.ts";

export interface WatchStyle {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean; // each result
}

export class WatchReport {
  readonly #kind: string;
  readonly #style: WatchStyle;
  readonly #ctx: Context;

  constructor(kind: string, style: WatchStyle, ctx: Context) {
    this.#kind = kind;
    this.#style = style;
    this.#ctx = ctx;
  }

  /** @param explanation where one is wanted */
  result(record: ResultRecord, explanation: string | undefined): void {
    const { json, quiet, verbose } = this.#style;
    if (quiet || (record.to === null && !verbose)) return;
    if (json)
      this.#ctx.stdout(formatJson(explanation === undefined ? record : { ...record, explanation }));
    else this.#line(record, explanation);
  }

  /** Of all that were checked. */
  async statistics(
    watched: readonly (readonly [target: string, watched: Watched<unknown>])[],
    write: (line: string) => void,
  ): Promise<void> {
    if (this.#style.quiet) return;
    const { columns } = this.#ctx;
    if (this.#style.json) {
      for (const one of watched) write(formatJson(this.#statisticsOf(one)));
      return;
    }
    const rows = watched.map((one) => statisticsCells(this.#statisticsOf(one)));
    const lines = await formatRows(HEAD, columns === undefined ? [HEAD, ...rows] : rows, columns);
    for (const line of lines) write(line);
  }

  #statisticsOf([target, { standing, tally }]: readonly [string, Watched<unknown>]) {
    return {
      ...checkRecord(this.#kind, target, tally),
      type: "statistics",
      verdict: standing.told ?? "unknown",
      outages: tally.outages,
    };
  }

  #line(record: ResultRecord, explanation: string | undefined): void {
    const { time, target, to, outage_ms: outageMs } = record;
    const verdict = to ?? record.verdict;
    const state = PAINTS[verdict](this.#ctx.paint)(verdict.toUpperCase());
    const took = record.verdict === "up" ? [millisecondsText(timeOf(record))] : [];
    const outage = outageMs === null ? [] : [`(down ${clockText(outageMs)})`];
    const mark = this.#style.verbose ? [to === null ? "=" : "*"] : [];
    const rest = [record.class, ...took, printable(record.detail), ...outage];
    this.#ctx.stdout([time, ...mark, printable(target), state, ...rest].join("  "));
    if (explanation !== undefined) this.#ctx.stdout(`    ${printable(explanation)}`);
  }
}

/** `00:01:12`, `2d 00:00:05`. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const days = Math.floor(seconds / 86_400);
  return `${days === 0 ? "" : `${days}d `}${parts.map((it) => `${it}`.padStart(2, "0")).join(":")}`;
}

/** Of the service alone, where its prober knows that. */
const timeOf = ({ facts: { rtt_ms: rttMs }, total_ms: totalMs }: ResultRecord): number =>
  typeof rttMs === "number" ? rttMs : totalMs;

function statisticsCells(
  record: Omit<CheckRecord, "type"> & { readonly outages: number },
): string[] {
  const { target, verdict, checks, down, loss_pct, outages } = record;
  const times = [record.min_ms, record.avg_ms, record.max_ms, record.p95_ms];
  const told = times.map((ms) => (ms === null ? "-" : millisecondsText(ms)));
  const lost = loss_pct === null ? "-" : `${down} (${loss_pct.toFixed(0)}%)`;
  return [target, verdict.toUpperCase(), `${checks}`, lost, ...told, `${outages}`];
}

const HEAD = ["TARGET", "STATE", "SENT", "LOST", "MIN", "AVG", "MAX", "P95", "OUTAGES"];
