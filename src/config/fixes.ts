/** Which edits of findings are put into their files, and what the lines are then. */
import type { Edit, Finding } from "./finding.ts";
import { type Rewrite, splitEnd } from "./text-lines.ts";

export interface FixPlan {
  readonly edits: ReadonlyMap<string, readonly Edit[]>; // by the path of the file
  readonly fixed: readonly Finding[];
  readonly left: readonly Finding[]; // their edits overlap with those of a finding before them
}

/** The edits of a finding are made together or not at all. What stands in an expansion is left to a person. */
export function planFixes(findings: readonly Finding[]): FixPlan {
  const edits = new Map<string, Edit[]>();
  const byLine = new Map<string, Edit[]>();
  const fixed: Finding[] = [];
  const left: Finding[] = [];
  for (const one of findings) {
    const isWritten = one.edits.every(({ span }) => span.place.definedAt === null);
    if (one.edits.length === 0 || !isWritten) continue;
    if (one.edits.some((edit) => byLine.get(lineOf(edit))?.some((made) => overlap(made, edit)))) {
      left.push(one);
      continue;
    }
    fixed.push(one);
    for (const edit of one.edits) {
      append(edits, edit.span.place.file.path, edit);
      append(byLine, lineOf(edit), edit);
    }
  }
  return { edits, fixed, left };
}

/** Lines that come in end as the first one does. @returns undefined where a line is not what it was when the edits were made */
export function rewriteOf(lines: readonly string[], edits: readonly Edit[]): Rewrite | undefined {
  const rewrite = new Map<number, readonly string[]>();
  // Of lines that come in at one place the first is put in last, in front of the others.
  const backwards = [...edits]
    .reverse()
    .sort((a, b) => b.span.place.column - a.span.place.column || a.span.length - b.span.length);
  for (const { span, text } of backwards) {
    const { file, line, column } = span.place;
    const whole = lines[line - 1];
    if (whole === undefined || splitEnd(whole).text !== file.lines[line - 1]) return undefined;
    const [now = ""] = rewrite.get(line) ?? [whole];
    const own = text.replaceAll("\n", splitEnd(lines[0] ?? "").end || "\n");
    rewrite.set(line, [now.slice(0, column - 1) + own + now.slice(column - 1 + span.length)]);
  }
  for (const [line, [now = ""]] of rewrite) {
    rewrite.set(line, now.trim() === "" ? [] : now.split(/(?<=\n)/));
  }
  cutEnd(lines, rewrite);
  return rewrite;
}

/** What went at the end of the file leaves no empty line there. */
function cutEnd(lines: readonly string[], rewrite: Map<number, readonly string[]>): void {
  let isCut = false;
  for (let line = lines.length; line > 0; line -= 1) {
    const now = rewrite.get(line);
    if (now?.length === 0) isCut = true;
    else if (isCut && now === undefined && lines[line - 1]?.trim() === "") rewrite.set(line, []);
    else return;
  }
}

const lineOf = ({ span: { place } }: Edit): string => `${place.file.path}:${place.line}`;

/** Also two insertions at one place, where these are no lines: which of them comes first nobody knows. */
function overlap(one: Edit, other: Edit): boolean {
  if (isOfLines(one) && isOfLines(other)) return false;
  const [from, length] = [one.span.place.column, one.span.length];
  const [otherFrom, otherLength] = [other.span.place.column, other.span.length];
  if (from === otherFrom) return true;
  return from < otherFrom ? from + length > otherFrom : otherFrom + otherLength > from;
}

const isOfLines = ({ span: { place, length }, text }: Edit): boolean =>
  place.column === 1 && length === 0 && text.endsWith("\n");

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
