/**
 * The file of `check run`: a list of checks in YAML 1.2 or JSON, each a map from the long options of its
 * command to what would stand behind them. All is text, as on a command line.
 */
import type { CST, Document, Node } from "yaml";
import { UsageError } from "../../core/errors.ts";

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
  const lines = new yaml.LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const whereOf = (node: unknown): string =>
    at(yaml.isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0);
  const refuseAt = (node: unknown, reason: string): never => {
    throw new UsageError(`${whereOf(node)}: ${reason}`);
  };
  const textOf = (node: unknown): string =>
    yaml.isScalar(node)
      ? String(node.value ?? "")
      : refuseAt(node, "is neither text nor a list of it");

  const document = composed();
  if (document === undefined) return refuseAt(undefined, NO_LIST);
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new UsageError(`${at(mistake.pos[0])}: ${mistake.message}`);
  const list = document.contents;
  if (!yaml.isSeq(list)) return refuseAt(list, NO_LIST);
  if (list.items.length > MOST_CHECKS) refuseAt(list, `has more than ${MOST_CHECKS} checks`);
  return list.items.map((item) => {
    if (yaml.isAlias(item))
      return refuseAt(item, "an alias (*) is not followed: write the check out");
    if (!yaml.isMap(item)) return refuseAt(item, "a check is a map: kind, target, options");
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

  /** The composer goes down by recursion, until the stack ends: so what is deep never reaches it. */
  function composed(): Document.Parsed | undefined {
    const parser = new yaml.Parser(lines.addNewLine);
    const tokens: CST.Token[] = [];
    lines.addNewLine(0);
    for (const lexeme of new yaml.Lexer().lex(text)) {
      tokens.push(...parser.next(lexeme));
      if (parser.stack.length > DEEPEST)
        throw new UsageError(`${at(parser.offset)}: is nested too deeply`);
    }
    tokens.push(...parser.end());
    // In this schema all is text: `mode: 0755` and `yes` stay as they are.
    const composer = new yaml.Composer({
      schema: "failsafe",
      prettyErrors: false,
      logLevel: "silent",
    });
    const [first, second] = composer.compose(tokens);
    if (second !== undefined)
      throw new UsageError(`${at(second.range[0])}: is a second document: one list is expected`);
    return first;
  }
}

const NO_LIST =
  "this is no list of checks: begin each with - , as in - {kind: tcp, target: 'HOST:80'}";
const MOST_CHECKS = 10_000;
const DEEPEST = 32; // a list of maps of lists has some four levels
