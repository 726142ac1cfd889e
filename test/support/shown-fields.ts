/** What `ha show` prints, each value by the path to it: `virtual_server 10.0.0.9 80/quorum` is 1. */
import type { Shown, ShownBlock } from "../../src/config/shown/shown.ts";
import { CHECK_TABLES } from "../../src/config/tables/checkers.ts";

/** null: off, or nothing of it is in force */
export type Fields = Map<string, string | null>;

/** Checks are `check N` and their pages `url N`, in their order. A value of several lines is these in a row. */
export function shownFields(shown: Shown): Fields {
  const fields: Fields = new Map();
  let checks = 0;
  const add = (path: string, text: string): void => {
    const before = fields.get(path);
    fields.set(path, before === undefined || before === null ? text : `${before} ${text}`);
  };
  const tell = (path: string, lines: Shown): void => {
    let urls = 0;
    const pathOf = (block: ShownBlock): string => {
      if (block.keyword in CHECK_TABLES) return `check ${++checks}`;
      if (block.keyword === "url") return `${path}url ${++urls}`;
      return path + [block.keyword, block.name].filter((word) => word !== "").join(" ");
    };
    for (const one of lines) {
      if ("lines" in one) {
        const inner = pathOf(one);
        if (one.keyword in CHECK_TABLES) add(`${inner}/kind`, one.keyword);
        tell(`${inner}/`, one.lines);
      } else if (one.text === "off" || one.text === null) fields.set(path + one.keyword, null);
      else add(path + (one.keyword || "entries"), one.text === "" ? "on" : one.text);
    }
  };
  tell("", shown);
  return fields;
}
