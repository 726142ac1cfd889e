/** Where the next line comes from: files inside files, definitions of several lines, generators. */
import { BYTE_ORDER_MARK } from "./codes/words.ts";
import type { Definition } from "./expansion.ts";
import { finding, type Report } from "./finding.ts";
import type { Generator } from "./generator.ts";
import type { IncludeChecks, ReadableFile } from "./include.ts";
import { splitLines } from "./lines.ts";
import type { Place, SourceFile } from "./place.ts";
import { SourceText } from "./source-text.ts";

/** A file that is being read. */
export interface OpenFile {
  readonly source: SourceFile;
  readonly directory: string;
  readonly identity: string;
  checks: IncludeChecks; // what include_check set in it, at first those of its includer
}

interface Frame {
  readonly lines: Iterator<SourceText>;
  readonly file: OpenFile | null;
  readonly definition: string | null; // the name of what is replaced
  readonly following: Queue | null; // files of the same include
}

interface Queue {
  readonly files: Iterator<ReadableFile>;
  readonly includedFrom: Place | null; // null: the user named it
}

export class LineSource {
  /** All that were opened, in their order. */
  readonly files: SourceFile[] = [];
  /** How many lines of them were not given. */
  ignored = 0;
  readonly #frames: Frame[] = [];
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  /** The innermost. */
  get file(): OpenFile {
    return this.#frames.findLast(({ file }) => file !== null)?.file as OpenFile;
  }

  get depth(): number {
    return this.#frames.length;
  }

  isReading(identity: string): boolean {
    return this.#frames.some(({ file }) => file?.identity === identity);
  }

  isReplacing(definition: string): boolean {
    return this.#frames.some((frame) => frame.definition === definition);
  }

  /** Their lines come next, one file after the other. */
  pushFiles(files: Iterable<ReadableFile>, includedFrom: Place | null): void {
    this.#pushNext({ files: files[Symbol.iterator](), includedFrom });
  }

  pushDefinition(name: string, lines: Definition, use: SourceText): void {
    const { span } = use;
    const standing = lines.map((line) => SourceText.standingFor(line, span));
    this.#frames.push({ ...NOTHING, lines: standing.values(), definition: name });
  }

  /** @param begin sets the variables of a round */
  pushGenerator({ rounds, rest }: Generator, begin: (round: number) => void): void {
    this.#frames.push({ ...NOTHING, lines: repeated(rounds, rest, begin) });
  }

  /** @returns undefined after the last; null where a file ends */
  next(): SourceText | null | undefined {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const { value, done } = frame.lines.next();
      if (done !== true) return value;
      this.#frames.pop();
      if (frame.following !== null) this.#pushNext(frame.following);
      if (frame.file !== null) return null;
    }
    return undefined;
  }

  #pushNext(following: Queue): void {
    const next = following.files.next();
    if (next.done === true) return;
    const { path, content } = next.value;
    const { lines, flaws } = splitLines(content.bytes);
    const source: SourceFile = { path, lines, includedFrom: following.includedFrom };
    const checks = this.#frames.length === 0 ? NO_CHECKS : this.file.checks;
    const { directory, identity } = content;
    this.files.push(source);
    this.#frames.push({
      lines: physicalLines(source, flaws, this.#report, () => {
        this.ignored += 1;
      }),
      file: { source, directory, identity, checks },
      definition: null,
      following,
    });
  }
}

function* physicalLines(
  source: SourceFile,
  flaws: ReturnType<typeof splitLines>["flaws"],
  report: Report,
  onIgnored: () => void,
): IterableIterator<SourceText> {
  for (let line = 1; line <= source.lines.length; line += 1) {
    const text = SourceText.ofLine(source, line);
    const flaw = flaws.get(line);
    if (flaw !== undefined) {
      const span = flaw.isIgnored ? text.spanOf(0, 0) : text.span;
      report(finding(flaw.kind, span, flaw.message));
    }
    if (flaw?.isIgnored === true) onIgnored();
    else if (line > 1 || !text.text.startsWith("\ufeff")) yield text;
    else {
      report(finding(BYTE_ORDER_MARK, text.spanOf(0, 1), "the file begins with a byte order mark"));
      yield text.slice(1);
    }
  }
}

function* repeated(
  rounds: number,
  rest: SourceText,
  begin: (round: number) => void,
): IterableIterator<SourceText> {
  for (let round = 0; round < rounds; round += 1) {
    begin(round);
    yield rest;
  }
}

const NO_CHECKS: IncludeChecks = new Set();
const NOTHING = { file: null, definition: null, following: null };
