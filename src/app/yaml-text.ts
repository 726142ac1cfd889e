/** A text of YAML 1.2 or JSON that a person gave: mistakes with their places, and no depth that ends a stack. */
import type { CST, Document, Node } from "yaml";
import { UsageError } from "../core/errors.ts";
import { YamlNodes } from "./yaml-nodes.ts";

export interface YamlText {
  readonly contents: Document.Parsed["contents"] | undefined; // undefined: nothing is there
  /** FILE:LINE:COLUMN; of what is no node, the beginning. */
  whereOf(node: unknown): string;
  readonly nodes: YamlNodes;
}

/** All scalars are text: `mode: 0755` and `yes` stay as they are. @throws UsageError with the place of a mistake */
export async function readYaml(text: string, file: string, wanted: string): Promise<YamlText> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const whereOf = (node: unknown): string =>
    at(yaml.isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0);
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // The composer goes down by recursion, until the stack ends: so what is deep never reaches it.
    if (parser.stack.length > DEEPEST)
      throw new UsageError(`${at(parser.offset)}: is nested too deeply`);
  }
  tokens.push(...parser.end());
  const options = { schema: "failsafe", prettyErrors: false, logLevel: "silent" } as const;
  const [document, second] = new yaml.Composer(options).compose(tokens);
  if (second !== undefined)
    throw new UsageError(`${at(second.range[0])}: is a second document: ${wanted} is expected`);
  const mistake = document?.errors[0];
  if (mistake !== undefined) throw new UsageError(`${at(mistake.pos[0])}: ${mistake.message}`);
  const nodes = new YamlNodes(yaml, (node, reason) => {
    throw new UsageError(`${whereOf(node)}: ${reason}`);
  });
  return { contents: document?.contents, whereOf, nodes };
}

const DEEPEST = 32; // a list of maps of lists has some four levels
