/** Findings for people: where, what, the line with a caret below, and what would help. */
import type { Finding, FindingKind, Severity } from "../../config/finding.ts";
import { masked } from "../../config/masked.ts";
import { formatPlace, type Span } from "../../config/place.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";

/** @param columns of the terminal: longer lines of the file are cut around the caret */
export function findingText(finding: Finding, paint: Paint, columns = 100): string[] {
  const { kind, span, message, help, related } = finding;
  return [
    `${printable(formatPlace(span.place))}: ${kindLabel(kind, paint)}: ${printable(message)}`,
    ...excerpt(span, columns),
    ...related.flatMap((other) => [
      `  ${printable(formatPlace(other.span.place))}: ${printable(other.message)}`,
      ...excerpt(other.span, columns),
    ]),
    ...origin(span),
    ...(help === null ? [] : [`  help: ${printable(help)}`]),
  ];
}

/** `error[vk103]`. */
export const kindLabel = ({ severity, code }: FindingKind, paint: Paint): string =>
  paint[COLOURS[severity]](`${severity}[${code}]`);

/** The line, and a caret under what is meant. */
function excerpt({ place, length }: Span, columns: number): string[] {
  const written = place.file.lines[place.line - 1];
  if (written === undefined) return [];
  const line = masked(written);
  const width = Math.max(columns - INDENT.length, 40);
  const at = place.column - 1;
  const from = line.length <= width ? 0 : Math.max(0, Math.min(at - 20, line.length - width));
  const shown = line.slice(from, from + width);
  const before = readable(shown.slice(0, at - from));
  const meant = readable(shown.slice(at - from, at - from + length));
  return [
    `${INDENT}${readable(shown)}`,
    `${INDENT}${" ".repeat(before.length)}^${"~".repeat(Math.max(0, meant.length - 1))}`,
  ];
}

/** What an expansion or an include has to do with it. */
function origin({ place }: Span): string[] {
  const lines: string[] = [];
  const { definedAt } = place;
  if (definedAt !== null) lines.push(`  defined at ${printable(formatPlace(definedAt))}`);
  for (let from = place.file.includedFrom; from !== null; from = from.file.includedFrom) {
    if (lines.length === MOST_ORIGINS) return [...lines, "  ..."];
    lines.push(`  included at ${printable(formatPlace(from))}`);
  }
  return lines;
}

/** A tabulator counts as one blank, so that the caret stands where it is meant to. */
const readable = (text: string): string => printable(text.replaceAll("\t", " "));

/** `2 errors, 1 warning`. */
export function findingCounts(findings: readonly Finding[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter(({ kind }) => kind.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "no findings" : counts.join(", ");
}

const SEVERITIES = ["error", "warning", "note"] as const;
const COLOURS = { error: "red", warning: "yellow", note: "green" } as const satisfies Record<
  Severity,
  keyof Paint
>;
const INDENT = "    ";
const MOST_ORIGINS = 4;
