/**
 * The front end: a file and what it includes as statements, before any keyword is looked at. Pure: it asks
 * for included files by requests, and what it needs of the host is handed in.
 */
import { BlockBuilder } from "./block-builder.ts";
import type { Surroundings } from "./built-in.ts";
import { EXECUTABLE_FILE } from "./codes/words.ts";
import { finding, once, type Report } from "./finding.ts";
import {
  type IncludeAnswer,
  type IncludeRequest,
  judgeIncluded,
  type ReadableFile,
} from "./include.ts";
import { IncludeBudget } from "./include-budget.ts";
import type { Table } from "./keyword.ts";
import { LineReader } from "./line-reader.ts";
import type { SourceFile } from "./place.ts";
import type { Statement } from "./statement.ts";
import { segmentsOf } from "./tokens.ts";

/** A configuration as it is written. */
export interface Document {
  readonly statements: readonly Statement[];
  readonly files: readonly SourceFile[]; // in their order, the first is the main one
  readonly ids: ReadonlySet<string>; // for whom lines are, as @ID
}

/** @param table of the keywords outside all blocks: tells which keywords need a block, and where one stands wrongly */
export function* readStatements(
  main: ReadableFile,
  table: Table,
  surroundings: Surroundings,
  report: Report,
): Generator<IncludeRequest, Document, IncludeAnswer> {
  const reportOnce = once(report);
  const reader = new LineReader(main, surroundings, reportOnce);
  const builder = new BlockBuilder(table, reportOnce, ({ words }, around) => {
    if (around !== "global_defs" || words[0].text !== "include_check") return;
    reader.checkIncludes(words.slice(1).map((word) => word.text));
  });
  if (main.content.isExecutable) {
    const [source] = reader.files as [SourceFile];
    const place = { file: source, line: 1, column: 1, definedAt: null };
    reportOnce(finding(EXECUTABLE_FILE, { place, length: 0 }, `${main.path} is executable`));
  }
  const budget = new IncludeBudget(main.content.bytes.length, reportOnce);
  let words = 0;
  for (let logical = reader.next(); logical !== undefined; logical = reader.next()) {
    if ("line" in logical) {
      for (const segment of segmentsOf(logical.line, reportOnce)) {
        builder.add(segment);
        words += segment.words.length;
        const isDeep = builder.depth > MAX_BLOCKS;
        if (!isDeep && words <= MAX_WORDS) continue;
        const when = isDeep
          ? `where more than ${MAX_BLOCKS} blocks are inside each other`
          : `after ${MAX_WORDS} words`;
        reader.stop(logical.line.span, when);
        break;
      }
      continue;
    }
    const { include } = logical;
    if (!budget.mayLookFor(include)) continue;
    const { directory, source } = reader.file;
    const { patterns } = include;
    const { looks } = budget;
    const answer = yield { kind: "include", patterns, directory, includer: source.path, looks };
    if (!budget.hasLookedFor(include)) continue;
    const files = judgeIncluded(include, answer, reportOnce);
    reader.include(budget.admitted(files, include, reader), include.span.place);
  }
  builder.finish(!reader.isStopped);
  return { statements: builder.statements, files: reader.files, ids: reader.ids };
}

const MAX_BLOCKS = 64;
const MAX_WORDS = 1_000_000;
