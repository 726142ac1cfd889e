/**
 * The file of `check run`: a list of checks in YAML 1.2 or JSON, each a map from the long options of its
 * command to what would stand behind them. All is text, as on a command line.
 */
import { readYaml } from "../../app/yaml-text.ts";

export interface ListedCheck {
  readonly where: string; // FILE:LINE:COLUMN
  readonly fields: readonly CheckField[];
}

export interface CheckField {
  readonly key: string;
  readonly keyWhere: string;
  readonly texts: readonly string[]; // of a list, or the only one
  readonly wheres: readonly string[]; // of each text
  readonly where: string; // of the whole value
}

/** @throws UsageError with the place of the first mistake */
export async function parseCheckList(text: string, file: string): Promise<ListedCheck[]> {
  const yaml = await import("yaml");
  const { contents: list, whereOf, nodes } = await readYaml(text, file, "one list");
  const textOf = (node: unknown): string =>
    yaml.isScalar(node) ? nodes.text(node) : nodes.refuse(node, "is neither text nor a list of it");

  if (!yaml.isSeq(list)) return nodes.refuse(list, NO_LIST);
  if (list.items.length > MOST_CHECKS) nodes.refuse(list, `has more than ${MOST_CHECKS} checks`);
  return list.items.map((item) => {
    if (yaml.isAlias(item))
      return nodes.refuse(item, "an alias (*) is not followed: write the check out");
    if (!yaml.isMap(item)) return nodes.refuse(item, "a check is a map: kind, target, options");
    const fields = item.items.map(({ key, value }): CheckField => {
      const items = yaml.isSeq(value) ? value.items : [value ?? key];
      const texts = items.map(textOf);
      return {
        key: textOf(key),
        keyWhere: whereOf(key),
        texts: value === null ? [""] : texts,
        wheres: items.map(whereOf),
        where: whereOf(value ?? key),
      };
    });
    return { where: whereOf(item), fields };
  });
}

const NO_LIST =
  "this is no list of checks: begin each with - , as in - {kind: tcp, target: 'HOST:80'}";
const MOST_CHECKS = 10_000;
