/** What `--fix` may move: a definition in front of what uses it, keywords of global_defs into it, comments with them. */
import { TRACKED_TOO_EARLY } from "./codes/tracking.ts";
import {
  NO_BLOCK,
  UNCLOSED_BLOCK,
  UNEXPECTED_BLOCK,
  UNEXPECTED_CLOSE,
  UNEXPECTED_OPEN,
  UNKNOWN_KEYWORD,
} from "./codes/words.ts";
import type { Edit, Finding, FindingKind } from "./finding.ts";
import { isTooLong } from "./lines.ts";
import type { Place, SourceFile } from "./place.ts";
import type { Statement } from "./statement.ts";
import { GLOBAL_DEFS } from "./tables/global-defs.ts";

/** Whole lines of one file, the comments right above included. */
interface Stretch {
  readonly file: SourceFile;
  readonly top: number; // its first line
  readonly from: number; // that of its keyword
  readonly to: number; // its last one
}

/** Findings with the edits that a move is. @param statements of the configuration, outside of all blocks */
export function withMoves(
  findings: readonly Finding[],
  statements: readonly Statement[],
): readonly Finding[] {
  // Where the braces are wrong nobody knows what stands where.
  if (findings.some(({ kind }) => BRACES.has(kind))) return findings;
  const moves = new Map<Finding, Move>([
    ...definitionMoves(findings, statements),
    ...globalMoves(findings, statements),
  ]);
  return findings.map((one) => (moves.has(one) ? { ...one, ...moves.get(one) } : one));
}

type Move = Partial<Pick<Finding, "edits" | "help">>;

/** One move for each definition, in front of the first that uses it. */
function definitionMoves(
  findings: readonly Finding[],
  statements: readonly Statement[],
): [Finding, Move][] {
  const early = findings.filter(({ kind }) => kind === TRACKED_TOO_EARLY);
  if (early.length === 0) return [];
  const blockAt = blocksByLine(statements);
  const moved = new Set<Statement>();
  return early.flatMap((one): [Finding, Move][] => {
    const defined = one.related[0]?.span.place;
    if (defined === undefined) return [];
    const definition = blockAt(defined);
    const user = blockAt(one.span.place);
    if (definition === undefined || user === undefined || moved.has(definition)) return [];
    moved.add(definition);
    const [what, before] = [stretchOf(definition), stretchOf(user)];
    if (what === null || before === null || what.file !== before.file) return [];
    const lines = [...what.file.lines.slice(what.top - 1, what.to), ""];
    return [[one, { edits: [insertion(before.file, before.top, lines), ...removal([what])] }]];
  });
}

/** Where there is no global_defs the first of them brings one for all. */
function globalMoves(
  findings: readonly Finding[],
  statements: readonly Statement[],
): [Finding, Move][] {
  const unknown = new Map(
    findings.filter(({ kind }) => kind === UNKNOWN_KEYWORD).map((one) => [one.span, one]),
  );
  if (unknown.size === 0) return [];
  const home = statements.find(({ words: [keyword] }) => keyword.text === "global_defs");
  const written = new Set(home?.block?.statements.map(({ words: [keyword] }) => keyword.text));
  const misplaced = statements
    .filter((root) => root.words[0].text !== "global_defs")
    .flatMap((root) => [root, ...(root.block?.statements ?? [])])
    .flatMap((statement) => {
      const [{ text, span }] = statement.words;
      const finding = unknown.get(span);
      const isGlobal = Object.hasOwn(GLOBAL_DEFS, text);
      if (finding === undefined || !isGlobal || written.has(text)) return [];
      written.add(text);
      const stretch = stretchOf(statement);
      return stretch === null ? [] : [{ finding, statement, stretch }];
    });
  const stretches = misplaced.map(({ stretch }) => stretch);
  const moved = new Set(misplaced.map(({ statement }) => statement));
  const place = home === undefined ? newHome(statements, moved) : inside(home);
  const told = misplaced.map(({ finding, stretch }): [Finding, Move] => {
    if (home === undefined || place === null) return [finding, { help: HELP }];
    const entering = insertion(place.file, place.line, indented(stretch, place.indent));
    return [finding, { help: HELP, edits: [entering, ...removal([stretch])] }];
  });
  const [first] = told;
  if (home !== undefined || place === null || first === undefined) return told;
  const lines = stretches.flatMap((stretch) => indented(stretch, place.indent));
  const block = insertion(place.file, place.line, ["global_defs {", ...lines, "}", ""]);
  return [[first[0], { help: HELP, edits: [block, ...removal(stretches)] }], ...told.slice(1)];
}

interface Home {
  readonly file: SourceFile;
  readonly line: number; // what is moved comes in front of it
  readonly indent: string;
}

/** In front of the first block that stays. */
function newHome(statements: readonly Statement[], moved: ReadonlySet<Statement>): Home | null {
  const next = statements.find((one) => !moved.has(one));
  const stretch = next === undefined ? null : stretchOf(next);
  return stretch && { file: stretch.file, line: stretch.top, indent: INDENT };
}

/** In front of the brace that closes it. */
function inside({ block }: Statement): Home | null {
  const close = block?.close ?? null;
  if (close === null || close.place.definedAt !== null) return null;
  const { file, line, column } = close.place;
  const last = block?.statements.at(-1)?.words[0].span.place;
  const own = last?.file === file ? indentOf(file.lines[last.line - 1] ?? "") : INDENT;
  const isFirst = (file.lines[line - 1] ?? "").slice(0, column - 1).trim() === "";
  return isFirst ? { file, line, indent: own } : null;
}

/** Which block has the line of a place; a look costs the same in a file of any length. */
function blocksByLine(statements: readonly Statement[]): (place: Place) => Statement | undefined {
  const files = new Map<SourceFile, Map<number, Statement>>();
  for (const statement of statements) {
    const stretch = stretchOf(statement);
    if (stretch === null) continue;
    const { file, from, to } = stretch;
    const lines = files.get(file) ?? new Map<number, Statement>();
    for (let line = from; line <= to; line += 1) lines.set(line, statement);
    files.set(file, lines);
  }
  return ({ file, line }) => files.get(file)?.get(line);
}

/** null where it shares a line, comes out of a definition, or goes over several files. */
function stretchOf({ words, block }: Statement): Stretch | null {
  const start = words[0].span.place;
  const last = block === null ? (words.at(-1) ?? words[0]).span : block.close;
  if (last === null || start.definedAt !== null || last.place.definedAt !== null) return null;
  const { file, line: from, column } = start;
  const { line: to } = last.place;
  const before = (file.lines[from - 1] ?? "").slice(0, column - 1);
  const behind = (file.lines[to - 1] ?? "").slice(last.place.column - 1 + last.length);
  if (last.place.file !== file || before.trim() !== "" || !/^\s*(?:[#!].*)?$/.test(behind)) {
    return null;
  }
  // A line that is not read as it is written is not known whole.
  if (file.lines.slice(from - 1, to).some((line) => isTooLong(`${line} `))) return null;
  let top = from;
  while (top > 1 && /^\s*[#!]/.test(file.lines[top - 2] ?? "")) top -= 1;
  return { file, top: top === 1 ? from : top, from, to }; // the comment at the head is of the file
}

function indented({ file, top, from, to }: Stretch, indent: string): string[] {
  const own = indentOf(file.lines[from - 1] ?? "");
  return file.lines
    .slice(top - 1, to)
    .map((line) => indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart()));
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";

/** Of two empty lines that would then follow each other the second goes too. */
function removal(stretches: readonly Stretch[]): Edit[] {
  const gone = new Map<SourceFile, Set<number>>();
  for (const { file, top, to } of stretches) {
    const lines = gone.get(file) ?? new Set();
    for (let line = top; line <= to; line += 1) lines.add(line);
    let above = top - 1;
    while (lines.has(above)) above -= 1;
    const isBlank = (line: number): boolean => (file.lines[line - 1] ?? "").trim() === "";
    if (isBlank(above) && to < file.lines.length && isBlank(to + 1)) lines.add(to + 1);
    gone.set(file, lines);
  }
  return [...gone].flatMap(([file, lines]) =>
    Array.from(lines, (line) => {
      const place = { file, line, column: 1, definedAt: null };
      return { span: { place, length: file.lines[line - 1]?.length ?? 0 }, text: "" };
    }),
  );
}

const insertion = (file: SourceFile, line: number, lines: readonly string[]): Edit => ({
  span: { place: { file, line, column: 1, definedAt: null }, length: 0 },
  text: lines.map((one) => `${one}\n`).join(""),
});

const BRACES: ReadonlySet<FindingKind> = new Set([
  NO_BLOCK,
  UNCLOSED_BLOCK,
  UNEXPECTED_BLOCK,
  UNEXPECTED_CLOSE,
  UNEXPECTED_OPEN,
]);
const HELP = "it belongs in global_defs";
const INDENT = "    ";
