/** A rewrite as a unified diff, which patch(1) reads. */
import type { Rewrite } from "./text-lines.ts";

/** Its lines without their ends; none where nothing changes. */
export function unifiedDiff(path: string, lines: readonly string[], rewrite: Rewrite): string[] {
  const changed = [...rewrite.keys()].sort((a, b) => a - b);
  if (changed.length === 0) return [];
  const diff = [[`--- ${path}`, `+++ ${path}`]];
  let grown = 0; // lines that the hunks before have added
  for (const [start, end] of hunks(changed)) {
    const from = Math.max(1, start - CONTEXT);
    const to = Math.min(lines.length, end + CONTEXT);
    let [olds, news] = [0, 0];
    const body = partsOf(lines, from, to, rewrite).map(({ isKept, before, after }) => {
      olds += before.length;
      news += after.length;
      return isKept ? marked(" ", before) : [...marked("-", before), ...marked("+", after)];
    });
    diff.push([`@@ -${range(from, olds)} +${range(from + grown, news)} @@`], ...body);
    grown += news - olds;
  }
  return diff.flat();
}

/** First and last changed line of each stretch whose context would touch. */
function hunks(changed: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const line of changed) {
    const last = found.at(-1);
    if (last !== undefined && line - last[1] <= 2 * CONTEXT) last[1] = line;
    else found.push([line, line]);
  }
  return found;
}

interface Part {
  readonly isKept: boolean;
  readonly before: string[];
  readonly after: string[];
}

/** Neighbours that change are told together: all that goes, then all that comes. */
function partsOf(lines: readonly string[], from: number, to: number, rewrite: Rewrite): Part[] {
  const parts: Part[] = [];
  const add = (isKept: boolean, before: readonly string[], after: readonly string[]): void => {
    if (before.length + after.length === 0) return;
    if (parts.at(-1)?.isKept !== isKept) parts.push({ isKept, before: [], after: [] });
    parts.at(-1)?.before.push(...before);
    parts.at(-1)?.after.push(...after);
  };
  for (let line = from; line <= to; line += 1) {
    const own = lines[line - 1] ?? "";
    const after = rewrite.get(line) ?? [own];
    const stays = after.at(-1) === own; // others may come in front of it
    add(false, stays ? [] : [own], stays ? after.slice(0, -1) : after);
    if (stays) add(true, [own], [own]);
  }
  return parts;
}

/** A range of no lines names the line before it. */
const range = (from: number, count: number): string => `${count === 0 ? from - 1 : from},${count}`;

const marked = (mark: string, lines: readonly string[]): string[] =>
  lines.flatMap((line) =>
    line.endsWith("\n")
      ? [mark + line.slice(0, -1)]
      : [mark + line, "\\ No newline at end of file"],
  );

const CONTEXT = 3;
