/** How the results of checks are told: a line each, a table on a terminal, or JSON. */
import type { CheckRecord } from "../../app/check/check-record.ts";
import type { ResultRecord } from "../../app/check/result-record.ts";
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

export interface ToldCheck {
  readonly record: CheckRecord;
  readonly explanation: string | undefined; // where one is wanted
}

/** Tells each as it comes, or all in their order; a table at the end on a terminal. */
export class CheckReport {
  readonly #style: ReportStyle;
  readonly #ctx: Context;
  readonly #told = new Map<number, ToldCheck>(); // by the place of the target
  readonly counts = { up: 0, down: 0, unknown: 0 };

  constructor(style: ReportStyle, ctx: Context) {
    this.#style = style;
    this.#ctx = ctx;
  }

  get #isTable(): boolean {
    const { json, quiet } = this.#style;
    return !json && !quiet && this.#ctx.columns !== undefined;
  }

  /** One of several checks of a target, which -v tells each. */
  result(record: ResultRecord): void {
    const { verbose, json, quiet } = this.#style;
    if (!verbose || quiet) return;
    if (json) {
      this.#ctx.stdout(formatJson(record));
      return;
    }
    const { target, verdict, class: code, detail, total_ms, phases_ms } = record;
    const state = PAINTS[verdict](this.#ctx.paint)(verdict.toUpperCase());
    const took = verdict === "up" ? millisecondsText(total_ms) : "-";
    const words = [code, took, printable(detail), phasesText(phases_ms)];
    this.#ctx.stdout([printable(target), state, ...words].join("  ").trimEnd());
  }

  /** A target is done. @param place of it among the targets @param tell made where it is told */
  add(place: number, verdict: CheckRecord["verdict"], tell: () => ToldCheck): void {
    this.counts[verdict] += 1;
    if (this.#style.quiet) return;
    const told = tell();
    if (this.#style.sort || this.#isTable) this.#told.set(place, told);
    else this.#tell(told);
  }

  /** All are done. */
  async end(): Promise<void> {
    const told = [...this.#told].sort(([a], [b]) => a - b).map(([, one]) => one);
    if (!this.#isTable) {
      for (const one of told) this.#tell(one);
      return;
    }
    const rows = told.map(({ record }) => cells(record));
    const { columns } = this.#ctx;
    for (const row of await formatRows(HEAD, fitted(rows, columns), columns))
      this.#ctx.stdout(this.#painted(row));
    for (const { explanation } of told)
      if (explanation !== undefined)
        for (const line of wrapped(printable(explanation), columns)) this.#ctx.stdout(line);
  }

  #tell({ record, explanation }: ToldCheck): void {
    if (this.#style.json) {
      this.#ctx.stdout(formatJson(explanation === undefined ? record : { ...record, explanation }));
      return;
    }
    this.#ctx.stdout(this.#line(record));
    if (explanation !== undefined) this.#ctx.stdout(`    ${printable(explanation)}`);
  }

  #line(record: CheckRecord): string {
    const { paint } = this.#ctx;
    const [target = "", verdict = "", ...rest] = cells(record);
    const painted = PAINTS[record.verdict](paint)(verdict);
    const phases = this.#style.verbose ? `  ${phasesText(record.phases_ms)}` : "";
    return `${printable(target)}  ${painted}  ${rest.map(printable).join("  ")}${phases}`.trimEnd();
  }

  /** A row of the table: its state alone has a colour, which takes no room. */
  #painted(row: string): string {
    const { paint } = this.#ctx;
    return row.replace(/ (UP|DOWN|UNKNOWN) /, (_, word: string) => {
      const verdict = word.toLowerCase() as keyof typeof PAINTS;
      return ` ${PAINTS[verdict](paint)(word)} `;
    });
  }
}

/** `0.31ms`, `120ms`. */
export const millisecondsText = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 0)}ms`;

function cells(record: CheckRecord): string[] {
  const { target, verdict, class: code, detail, avg_ms, checks } = record;
  const many = checks > 1 ? ` (${manyText(record)})` : "";
  const took = avg_ms === null ? "-" : millisecondsText(avg_ms);
  return [target, verdict.toUpperCase(), code, took, `${detail}${many}`];
}

/** `5 checks, 20% lost, min/avg/max 0.31ms/0.40ms/12ms`, as fping ends. */
function manyText({ checks, loss_pct, min_ms, avg_ms, max_ms }: CheckRecord): string {
  const lost = loss_pct === null ? [] : [`${loss_pct.toFixed(0)}% lost`];
  const times = [min_ms, avg_ms, max_ms].flatMap((ms) => (ms === null ? [] : millisecondsText(ms)));
  const took = times.length === 0 ? [] : [`min/avg/max ${times.join("/")}`];
  return [`${checks} checks`, ...lost, ...took].join(", ");
}

/** Whole lines, where the terminal is wide enough for that: first the detail is cut, then the target. */
function fitted(rows: readonly string[][], columns = Number.POSITIVE_INFINITY): string[][] {
  const safe = rows.map((row) => row.map(printable));
  const widths = HEAD.map((head, at) =>
    safe.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), head.length),
  );
  const frame = 3 * HEAD.length + 1;
  let tooMany = widths.reduce((sum, width) => sum + width, frame) - columns;
  for (const [at, least] of CUT) {
    const width = Math.max(least, (widths[at] as number) - Math.max(0, tooMany));
    tooMany -= (widths[at] as number) - width;
    widths[at] = width;
  }
  return safe.map((row) => row.map((cell, at) => shortened(cell, widths[at] as number)));
}

/** Lines of whole words, where each word fits. */
function wrapped(text: string, columns = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const shortened = (cell: string, width: number): string =>
  cell.length <= width ? cell : `${cell.slice(0, Math.max(0, width - 3))}...`;

const phasesText = (phases: Readonly<Record<string, number>>): string =>
  Object.entries(phases)
    .map(([phase, ms]) => `${phase}=${millisecondsText(ms)}`)
    .join(" ");

/** Columns that may be cut, in this order, each to no less than so many characters. */
const CUT = [
  [4, 10],
  [0, 15],
] as const;
const HEAD = ["TARGET", "STATE", "CLASS", "TIME", "DETAIL"];
export const PAINTS = {
  up: (paint: Context["paint"]) => paint.green,
  down: (paint: Context["paint"]) => paint.red,
  unknown: (paint: Context["paint"]) => paint.yellow,
} as const;
