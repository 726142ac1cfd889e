/** Rows as people read them: a framed table on a terminal, plain aligned columns for pipes and files. */
import { printable } from "../core/printable.ts";

/**
 * Lines to print, the head on a terminal alone: a script counts lines.
 * @param terminal columns of it; undefined where stdout is none
 */
export async function formatRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: number | undefined,
): Promise<string[]> {
  const safe = rows.map((row) => row.map(printable));
  if (terminal === undefined || rows.length === 0) return aligned(safe);
  const { default: Table } = await import("cli-table3");
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  table.push(...safe);
  return table.toString().split("\n");
}

/** Two blanks between columns, none at the end of a line. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
