/** A packet filter (nf_tables) that has tables and counts their rules. */
import type { NftablesSocket } from "../../src/io/ports.ts";

export class FakeNftables {
  /** Tables that are there, each with the number of its rules. */
  readonly tables = new Map<string, number>();
  /** errno names: what it refuses, one for each commit to come. */
  readonly refusals: string[] = [];
  readonly #sockets = new Set<object>();

  /** Sockets that are open. */
  get open(): number {
    return this.#sockets.size;
  }

  readonly openNftables = (): NftablesSocket => {
    const socket = {};
    this.#sockets.add(socket);
    return {
      commit: (changes) => {
        const code = this.refusals.shift();
        if (code !== undefined) return { code, detail: "the kernel refuses" };
        const tables = new Map(this.tables); // all changes or none
        for (const { type, body } of changes) {
          if (applyFilterChange(tables, type & 0xff, body)) continue;
          return { code: "ENOENT", detail: "the kernel refuses" };
        }
        this.tables.clear();
        for (const [name, rules] of tables) this.tables.set(name, rules);
        return undefined;
      },
      close: () => void this.#sockets.delete(socket),
    };
  };
}

/**
 * One change of nf_tables, whose first attribute is the name of its table, made to `tables`: the
 * number of rules of each.
 * @returns whether it can be made
 */
function applyFilterChange(
  tables: Map<string, number>,
  message: number,
  body: Uint8Array,
): boolean {
  const length = (body[4] as number) + 256 * (body[5] as number);
  const name = new TextDecoder().decode(body.subarray(8, 4 + length - 1));
  if (message === 0) tables.set(name, tables.get(name) ?? 0);
  if (message === 2) return tables.delete(name);
  if (message === 6) tables.set(name, (tables.get(name) ?? 0) + 1);
  return true;
}
