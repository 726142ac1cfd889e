/** Every keyword of a configuration, out of the tables: for `ha check --keywords`, documentation and completion. */
import type { Keyword, Table } from "./keyword.ts";
import { ROOT } from "./tables/root.ts";

export interface CatalogueEntry
  extends Pick<Keyword, "does" | "unit" | "default" | "since" | "insteadOf" | "sameAs" | "actsIn"> {
  readonly name: string;
  /** The keywords in whose block, entries or line it may stand; "" outside all blocks. */
  readonly within: readonly string[];
  readonly usage: string; // of its arguments
}

/** By name. Where a keyword means the same in several blocks it is one entry. */
export function catalogue(table: Table = ROOT): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry & { within: string[] }>();
  const walk = (rows: Table, within: string): void => {
    for (const [name, row] of Object.entries(rows)) {
      const { does, unit, default: value, since, insteadOf, sameAs, actsIn, takes } = row;
      const said = { name, usage: takes.usage, does, unit, default: value };
      const key = JSON.stringify({ ...said, since, insteadOf });
      const entry = entries.get(key) ?? { ...said, within: [], since, insteadOf, sameAs, actsIn };
      entries.set(key, entry);
      if (!entry.within.includes(within)) entry.within.push(within);
      if (takes.table !== undefined) walk(takes.table, name);
    }
  };
  walk(table, "");
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
