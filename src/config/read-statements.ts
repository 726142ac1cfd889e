/**
 * The front end: a file and what it includes as statements, before any keyword is looked at. Pure: it asks
 * for included files by requests, and what it needs of the host is handed in.
 */
import { BlockBuilder } from "./block-builder.ts";
import type { Surroundings } from "./built-in.ts";
import { EXECUTABLE_FILE, INCLUDE_LOOP, TOO_MUCH } from "./codes/words.ts";
import { finding, once, type Report } from "./finding.ts";
import {
  type Include,
  type IncludeAnswer,
  type IncludeRequest,
  judgeIncluded,
  type ReadableFile,
} from "./include.ts";
import type { Table } from "./keyword.ts";
import { LineReader, MAX_DEPTH } from "./line-reader.ts";
import type { SourceFile } from "./place.ts";
import type { Statement } from "./statement.ts";
import { segmentsOf } from "./tokens.ts";

/** A configuration as it is written. */
export interface Document {
  readonly statements: readonly Statement[];
  readonly files: readonly SourceFile[]; // in their order, the first is the main one
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
  const budget = { bytes: main.content.bytes.length, files: 1, isSpent: false };
  for (let logical = reader.next(); logical !== undefined; logical = reader.next()) {
    if ("line" in logical) {
      for (const segment of segmentsOf(logical.line, reportOnce)) {
        builder.add(segment);
        if (builder.depth <= MAX_BLOCKS) continue;
        reader.stop(
          logical.line.span,
          `where more than ${MAX_BLOCKS} blocks are inside each other`,
        );
        break;
      }
      continue;
    }
    const { include } = logical;
    const { directory, source } = reader.file;
    const { patterns } = include;
    const answer = yield { kind: "include", patterns, directory, includer: source.path };
    const files = judgeIncluded(include, answer, reportOnce);
    reader.include(admitted(files, include, reader, budget, reportOnce), include.span.place);
  }
  builder.finish(!reader.isStopped);
  return { statements: builder.statements, files: reader.files };
}

/** Without files that are being read already, and those that would be too much. */
function admitted(
  files: readonly ReadableFile[],
  { span }: Include,
  reader: LineReader,
  budget: { bytes: number; files: number; isSpent: boolean },
  report: Report,
): readonly ReadableFile[] {
  return files.filter(({ path, content }) => {
    if (reader.isReading(content.identity)) {
      report(finding(INCLUDE_LOOP, span, `${path} is included by itself`));
      return false;
    }
    budget.bytes += content.bytes.length;
    budget.files += 1;
    const limit =
      reader.depth >= MAX_DEPTH
        ? `${MAX_DEPTH} files are inside each other`
        : budget.files > MAX_FILES
          ? `more than ${MAX_FILES} files are included`
          : budget.bytes > MAX_BYTES
            ? `the files have more than ${MAX_BYTES} bytes together`
            : null;
    if (limit !== null && !budget.isSpent) {
      report(finding(TOO_MUCH, span, `${path} is not read: ${limit}`));
    }
    budget.isSpent ||= limit !== null;
    return limit === null;
  });
}

const MAX_BLOCKS = 64;
const MAX_FILES = 10_000;
const MAX_BYTES = 33_554_432;
