/** How the results of checks are told: a line each, a table on a terminal, or JSON. */
import type { CheckRecord } from "../../app/check/check-record.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { formatRows } from "../table.ts";

export interface ReportStyle {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly sort: boolean;
}

/** Tells each as it comes, or all in their order; a table at the end on a terminal. */
export class CheckReport {
  readonly #style: ReportStyle;
  readonly #ctx: Context;
  readonly #told = new Map<number, CheckRecord>(); // by the place of the target
  readonly counts = { up: 0, down: 0, unknown: 0 };

  constructor(style: ReportStyle, ctx: Context) {
    this.#style = style;
    this.#ctx = ctx;
  }

  get #isTable(): boolean {
    const { json, quiet } = this.#style;
    return !json && !quiet && this.#ctx.columns !== undefined;
  }

  /** A target is done. @param place of it among the targets. @param recordOf made where it is told */
  add(place: number, verdict: CheckRecord["verdict"], recordOf: () => CheckRecord): void {
    this.counts[verdict] += 1;
    if (this.#style.quiet) return;
    const record = recordOf();
    if (this.#style.sort || this.#isTable) this.#told.set(place, record);
    else this.#ctx.stdout(this.#line(record));
  }

  /** All are done. @param names of all targets, of which some may not have been checked */
  async end(): Promise<void> {
    const records = [...this.#told].sort(([a], [b]) => a - b).map(([, record]) => record);
    if (!this.#isTable) {
      for (const record of records) this.#ctx.stdout(this.#line(record));
      return;
    }
    const rows = records.map((record) => cells(record));
    for (const row of await formatRows(HEAD, rows, this.#ctx.columns)) this.#ctx.stdout(row);
  }

  #line(record: CheckRecord): string {
    if (this.#style.json) return formatJson(record);
    const { paint } = this.#ctx;
    const [target = "", verdict = "", ...rest] = cells(record);
    const painted = PAINTS[record.verdict](paint)(verdict);
    const phases = this.#style.verbose ? `  ${phasesText(record)}` : "";
    return `${printable(target)}  ${painted}  ${rest.map(printable).join("  ")}${phases}`;
  }
}

function cells(record: CheckRecord): string[] {
  const { target, verdict, class: code, detail, avg_ms, checks, loss_pct } = record;
  const many = checks > 1 ? ` (${checks} checks, ${loss_pct.toFixed(0)}% lost)` : "";
  const took = avg_ms === null ? "-" : `${avg_ms.toFixed(avg_ms < 10 ? 2 : 0)}ms`;
  return [target, verdict.toUpperCase(), code, took, `${detail}${many}`];
}

function phasesText({ phases_ms }: CheckRecord): string {
  return Object.entries(phases_ms)
    .map(([phase, ms]) => `${phase}=${ms.toFixed(ms < 10 ? 2 : 0)}ms`)
    .join(" ");
}

const HEAD = ["TARGET", "STATE", "CLASS", "TIME", "DETAIL"];
const PAINTS = {
  up: (paint: Context["paint"]) => paint.green,
  down: (paint: Context["paint"]) => paint.red,
  unknown: (paint: Context["paint"]) => paint.yellow,
} as const;
