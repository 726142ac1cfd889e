/** How much may be included: the first limit that is passed is told, and nothing is included behind it. */
import { INCLUDE_LOOP, TOO_MUCH } from "./codes/words.ts";
import { finding, type Report } from "./finding.ts";
import type { Include, ReadableFile } from "./include.ts";
import { type LineReader, MAX_DEPTH } from "./line-reader.ts";

export class IncludeBudget {
  /** Entries of directories: of a pattern with wildcards whole directories are read. */
  readonly looks = { left: MAX_LOOKS };
  readonly #report: Report;
  #patterns = 0;
  #files = 1; // the main one
  #bytes: number;
  #isSpent: boolean = false;

  /** @param bytes of the main file */
  constructor(bytes: number, report: Report) {
    this.#bytes = bytes;
    this.#report = report;
  }

  /** Whether its patterns may still be looked for. */
  mayLookFor({ pattern, patterns, span }: Include): boolean {
    this.#patterns += patterns.length;
    if (this.#patterns > MAX_PATTERNS) {
      this.#spend(span, `'${pattern}' is not looked for: more than ${MAX_PATTERNS} patterns are`);
    }
    return !this.#isSpent;
  }

  /** Whether all that its patterns match could be looked for. */
  hasLookedFor({ pattern, span }: Include): boolean {
    if (this.looks.left >= 0) return true;
    const why = `more than ${MAX_LOOKS} entries of directories would be looked at`;
    this.#spend(span, `'${pattern}' is not looked for: ${why}`);
    return false;
  }

  /**
   * Without files that are being read already, and those that would be too much.
   * @param files each is read when it is asked for, and none behind the limit
   */
  admitted(
    files: Iterable<ReadableFile>,
    { span }: Include,
    reader: Pick<LineReader, "depth" | "isReading">,
  ): readonly ReadableFile[] {
    const admitted: ReadableFile[] = [];
    for (const file of files) {
      const { path, content } = file;
      if (reader.isReading(content.identity)) {
        this.#report(finding(INCLUDE_LOOP, span, `${path} is included by itself`));
        continue;
      }
      this.#files += 1;
      this.#bytes += content.bytes.length;
      const limit = this.#passedLimit(reader.depth);
      if (limit !== null) this.#spend(span, `${path} is not read: ${limit}`);
      if (this.#isSpent) break;
      admitted.push(file);
    }
    return admitted;
  }

  #passedLimit(depth: number): string | null {
    if (depth >= MAX_DEPTH) return `${MAX_DEPTH} files are inside each other`;
    if (this.#files > MAX_FILES) return `more than ${MAX_FILES} files are included`;
    if (this.#bytes <= MAX_BYTES) return null;
    return `the files have more than ${MAX_BYTES} bytes together`;
  }

  #spend(span: Include["span"], message: string): void {
    if (!this.#isSpent) this.#report(finding(TOO_MUCH, span, message));
    this.#isSpent = true;
  }
}

const MAX_PATTERNS = 10_000;
const MAX_LOOKS = 1_000_000;
const MAX_FILES = 10_000;
const MAX_BYTES = 33_554_432;
