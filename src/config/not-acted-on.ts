/** Which keywords of a configuration are understood, and not yet acted on by any command. */
import { NOT_ACTED_ON } from "./codes/words.ts";
import { type Finding, finding } from "./finding.ts";
import type { Table } from "./keyword.ts";
import type { Span } from "./place.ts";
import type { Statement } from "./statement.ts";

/** One note for all of them, at the first. */
export function notActedOn(statements: readonly Statement[], table: Table): readonly Finding[] {
  const found = new Map<string, Span>();
  const walk = (inside: readonly Statement[], rows: Table): void => {
    for (const { words, block } of inside) {
      const [{ text, span }] = words;
      const row = Object.hasOwn(rows, text) ? rows[text] : undefined;
      if (row === undefined) continue;
      if (row.actsIn === null && !found.has(text)) found.set(text, span);
      if (block !== null && row.takes.table !== undefined) walk(block.statements, row.takes.table);
    }
  };
  walk(statements, table);
  const [first] = found.values();
  if (first === undefined) return [];
  const names = [...found.keys()].sort((a, b) => (a < b ? -1 : 1)).join(", ");
  return [finding(NOT_ACTED_ON, first, `checked, but no command acts on them yet: ${names}`)];
}
