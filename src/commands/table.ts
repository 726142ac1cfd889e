/** Rows as people read them: a framed table on a terminal, plain aligned columns for pipes and files. */
import { printable } from "../core/printable.ts";

/**
 * Lines to print, the head on a terminal alone: a script counts lines. A table that is wider than the terminal, or
 * has very many rows, is not framed.
 * @param terminal columns of it; undefined where stdout is none
 * @param numbersFrom the first of the columns that are aligned to the right
 */
export async function formatRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: number | undefined,
  numbersFrom: number = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const safe = rows.map((row) => row.map(printable));
  if (terminal === undefined || rows.length === 0) return aligned(safe, numbersFrom);
  const whole = [head, ...safe];
  const framed = widthsOf(whole).reduce((all, width) => all + width + FRAME, 1);
  if (framed > terminal || rows.length > MOST_FRAMED) return aligned(whole, numbersFrom);
  const { default: Table } = await import("cli-table3");
  const colAligns = head.map((_, column) => (column < numbersFrom ? "left" : "right"));
  const style = { head: [], border: [], compact: true };
  const table = new Table({ head: [...head], style, colAligns });
  table.push(...safe);
  return table.toString().split("\n");
}

/** Two blanks between columns, none at the end of a line. */
function aligned(rows: readonly (readonly string[])[], numbersFrom: number): string[] {
  const widths = widthsOf(rows);
  const cellOf = (cell: string, column: number): string =>
    column < numbersFrom ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cellOf).join("  ").trimEnd());
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return widths;
}

const FRAME = 3; // a line and two blanks around each cell
const MOST_FRAMED = 1000;
