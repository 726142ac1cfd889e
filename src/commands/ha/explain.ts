/** `ha check --explain CODE` and `--keywords [BLOCK]`: what findings and keywords mean, without any file. */
import { catalogue } from "../../config/catalogue.ts";
import { KINDS } from "../../config/codes/index.ts";
import { didYouMean } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { kindLabel } from "./finding-text.ts";

/** @throws UsageError where there is no such kind */
export function explain(wanted: string, json: boolean, { stdout, paint }: Context): void {
  const kind = KINDS.find(({ code }) => code === wanted.toLowerCase());
  if (kind === undefined) {
    const guess = didYouMean(
      wanted,
      KINDS.map(({ code }) => code),
    );
    throw new UsageError(`--explain ${JSON.stringify(wanted)} is no code of a finding${guess}`);
  }
  const { code, severity, title, explains } = kind;
  if (json) stdout(formatJson({ code, severity, title, explains }));
  else for (const line of [`${kindLabel(kind, paint)}: ${title}`, `  ${explains}`]) stdout(line);
}

/** @param block "" for all. @throws UsageError where no keyword stands inside it */
export function tellKeywords(
  block: string,
  json: boolean,
  ctx: Pick<Context, "stdout" | "columns">,
): void {
  const all = catalogue();
  const entries = all.filter(({ within }) => block === "" || within.includes(block));
  if (entries.length === 0) {
    const guess = didYouMean(block, new Set(all.flatMap(({ within }) => within)));
    throw new UsageError(
      `--keywords ${JSON.stringify(block)} is no keyword with others inside${guess}`,
    );
  }
  if (json) {
    for (const { name, within, usage, unit, since, does, ...more } of entries) {
      const { default: value, insteadOf, sameAs, actsIn } = more;
      const named = { default: value, since, deprecated_by: insteadOf, same_as: sameAs };
      ctx.stdout(formatJson({ name, within, usage, unit, ...named, acts_in: actsIn, does }));
    }
    return;
  }
  const columns = ctx.columns ?? USUAL_COLUMNS;
  for (const entry of entries) for (const line of described(entry, columns)) ctx.stdout(line);
}

/** A default may also be that of another keyword, in words. */
const withUnit = (value: string, unit: string | null): string =>
  unit !== null && /^[\d.]+$/.test(value) ? `${value} ${unit}` : value;

type Entry = ReturnType<typeof catalogue>[number];

/** How it is written, and below what it does and the rest, as many lines as are needed. */
function described(
  { name, usage, does, within, unit, since, insteadOf, default: value }: Entry,
  columns: number,
): string[] {
  const where = within.map((one) => one || "outside of all blocks").join(", ");
  const parts = [
    `${does}.`,
    value === null ? "" : `Default: ${withUnit(value, unit)}.`,
    since === null ? "" : `Since keepalived ${since}.`,
    insteadOf === null ? "" : `Deprecated: write ${insteadOf}.`,
    `In: ${where}.`,
  ];
  return [
    ...wrapped(`${name} ${usage}`, columns, "", "        "),
    ...wrapped(parts.filter((part) => part !== "").join(" "), columns, "    ", "    "),
  ];
}

/** Lines of at most so many columns, where words are short enough. */
function wrapped(text: string, columns: number, first: string, others: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of printable(text).split(" ")) {
    const isEmpty = line.trim() === "";
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `${others}${word}`;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line.trimEnd()];
}

const USUAL_COLUMNS = 80; // of what is read later
