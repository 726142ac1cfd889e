/** The include family: which files a line asks for, and when it is an error that they are not there. */
import {
  INCLUDE_MISSING,
  INCLUDE_NOT_READ,
  INCLUDE_NOTHING,
  INCLUDE_SKIPPED,
  INCLUDE_UNREADABLE,
} from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import type { Span } from "./place.ts";
import type { SourceText } from "./source-text.ts";

/** A file as the reader is given it. */
export interface FoundFile {
  readonly path: string; // as findings name it
  /** Or why it cannot be read: "is a directory". Looked at once, if at all: it may be read then. */
  readonly content: FileContent | { readonly problem: string };
}

/** One that can be read. */
export type ReadableFile = FoundFile & { readonly content: FileContent };

export interface FileContent {
  readonly bytes: Uint8Array;
  readonly directory: string; // absolute: that of its includes, and ${_PWD}
  readonly identity: string; // the same for each path that leads to the file
  readonly isExecutable: boolean;
}

/** Asks for the files that match patterns with `*`, `?` and `[...]`; answered by the files of each, in order. */
export interface IncludeRequest {
  readonly kind: "include";
  readonly patterns: readonly string[]; // relative ones to the directory; its braces are already alternatives
  readonly directory: string;
  readonly includer: string; // the path of the including file, by which relative paths are shown
  readonly looks: { left: number }; // how many entries of directories may be looked at: who does counts them down
}

export type IncludeAnswer = readonly (readonly FoundFile[])[];

export type IncludeCheck = "readable" | "match" | "wildcard_match" | "brace_match";
export type IncludeChecks = ReadonlySet<IncludeCheck>;

export interface Include {
  readonly pattern: string;
  readonly patterns: readonly string[]; // without braces
  readonly checks: IncludeChecks;
  readonly span: Span; // of the pattern
}

/** @returns undefined: the line is no include; null: it is one, without a pattern that could be looked for */
export function parseInclude(
  line: SourceText,
  checks: IncludeChecks,
  report: Report,
): Include | null | undefined {
  if (!line.text.startsWith("include")) return undefined;
  const [, keyword = "", pattern = ""] = /^(\w+)(?:[ \t]+(.*))?$/s.exec(line.text) ?? [];
  if (!INCLUDES.includes(keyword)) return undefined;
  if (pattern === "") {
    const message = `'${keyword}' needs a file or a pattern behind it`;
    report(finding(INCLUDE_NOTHING, line.spanOf(line.text.length, line.text.length), message));
    return null;
  }
  const span = line.spanOf(line.text.length - pattern.length, line.text.length);
  const wanted = new Set([...checks, ...(CHECKS_OF[keyword] ?? [])]);
  return { pattern, patterns: alternatives(pattern), checks: wanted, span };
}

/** `include_check`: all, or those that are named; with + and - it changes what was set. */
export function changedChecks(words: readonly string[], before: IncludeChecks): IncludeChecks {
  if (words.length === 0) return new Set(ALL_CHECKS);
  const checks = new Set(/^[+-]/.test(words[0] ?? "") ? before : []);
  let isAdding = true;
  for (const word of words) {
    if (/^[+-]/.test(word)) isAdding = word.startsWith("+");
    const name = word.replace(/^[+-]/, "");
    const check = ALL_CHECKS.find((one) => one === name || (one === "readable" && name === "read"));
    if (check !== undefined && isAdding) checks.add(check);
    else if (check !== undefined) checks.delete(check);
  }
  return checks;
}

/** What is wrong with the files that were found, one finding for the include. @returns those to read, one by one */
export function* judgeIncluded(
  { pattern, patterns, checks, span }: Include,
  answer: IncludeAnswer,
  report: Report,
): Iterable<ReadableFile> {
  const missing = patterns.filter((_, index) => (answer[index] ?? []).length === 0);
  if (missing.length > 0) {
    const isWild = /[*?[]/.test(pattern);
    const isBraced = patterns.length > 1;
    const isNone = missing.length === patterns.length;
    const isError = isBraced
      ? checks.has("brace_match")
      : checks.has("wildcard_match") || (checks.has("match") && !isWild);
    const what = isNone ? `'${pattern}'` : missing.map((one) => `'${one}'`).join(", ");
    const message = `${what} matches no file`;
    if (isError) report(finding(INCLUDE_MISSING, span, message));
    else if (!isWild) report(finding(INCLUDE_SKIPPED, span, message));
  }
  for (const { path, content } of answer.flat()) {
    const problem =
      "problem" in content ? content.problem : content.isExecutable && "is executable";
    if (typeof problem === "string") {
      const kind = checks.size > 0 ? INCLUDE_UNREADABLE : INCLUDE_NOT_READ;
      report(finding(kind, span, `${path} ${problem}`));
    } else if (!("problem" in content)) yield { path, content };
  }
}

/** `x{a,b}` is `xa` and `xb`; nested, and several, multiply. */
export function alternatives(pattern: string): readonly string[] {
  let done: string[] = [pattern];
  for (;;) {
    const next = done.flatMap((one) => {
      const match = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (match === null) return [one];
      const [before, after] = [one.slice(0, match.index), one.slice(match.index + match[0].length)];
      return (match[1] ?? "").split(",").map((part) => before + part + after);
    });
    if (next.length === done.length || next.length > MAX_ALTERNATIVES) return done;
    done = next;
  }
}

const ALL_CHECKS = ["readable", "match", "wildcard_match", "brace_match"] as const;
const CHECKS_OF: Readonly<Record<string, readonly IncludeCheck[]>> = {
  includer: ["readable"],
  includem: ["match"],
  includew: ["wildcard_match"],
  includeb: ["brace_match"],
  includea: ALL_CHECKS,
};
export const INCLUDES: readonly string[] = ["include", ...Object.keys(CHECKS_OF)];
const MAX_ALTERNATIVES = 1000;
