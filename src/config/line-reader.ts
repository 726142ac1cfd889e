/** What happens to a line before its words count: conditions, definitions, generators, includes. */
import { builtIns, type Surroundings } from "./built-in.ts";
import {
  COMMENT_IN_DEFINITION,
  DEFINITION_LOOP,
  INVALID_GENERATOR,
  TOO_MUCH,
} from "./codes/words.ts";
import { complainOfCutWord, withoutComment, withoutEscapedMarks } from "./comment.ts";
import { Definitions, type Several } from "./expansion.ts";
import { finding, type Report } from "./finding.ts";
import { generatorHead, isGenerator, parseGenerator } from "./generator.ts";
import { changedChecks, type Include, parseInclude, type ReadableFile } from "./include.ts";
import { LineSource, type OpenFile } from "./line-source.ts";
import { MAX_LINES } from "./lines.ts";
import type { Place, SourceFile, Span } from "./place.ts";
import { SourceText } from "./source-text.ts";

/** A line whose words count; an include that is to be answered before more is read. */
export type Logical = { readonly line: SourceText } | { readonly include: Include };

/** A definition whose last line is to come. */
interface Growing {
  readonly name: string;
  readonly lines: SourceText[];
  comment: Span | null; // the first one that is not told yet
}

export class LineReader {
  readonly #source: LineSource;
  readonly #definitions: Definitions;
  readonly #surroundings: Surroundings;
  readonly #report: Report;
  readonly #ids = new Set<string>();
  #growing: Growing | null = null;
  readonly #loops = new Set<string>(); // definitions of several lines of which it is told
  #lines = 0;
  #stoppedAt: Span | null = null;

  constructor(main: ReadableFile, surroundings: Surroundings, report: Report) {
    this.#report = report;
    this.#surroundings = surroundings;
    this.#source = new LineSource(report);
    this.#definitions = new Definitions(builtIns(surroundings, () => this.file.directory));
    this.#source.pushFiles([main], null);
  }

  get files(): readonly SourceFile[] {
    return this.#source.files;
  }

  /** Of all lines so far that are not for everybody. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get file(): OpenFile {
    return this.#source.file;
  }

  get depth(): number {
    return this.#source.depth;
  }

  /** Whether a limit ended the reading. */
  get isStopped(): boolean {
    return this.#stoppedAt !== null;
  }

  isReading(identity: string): boolean {
    return this.#source.isReading(identity);
  }

  include(files: readonly ReadableFile[], from: Place): void {
    this.#source.pushFiles(files, from);
  }

  checkIncludes(words: readonly string[]): void {
    this.file.checks = changedChecks(words, this.file.checks);
  }

  /** Nothing more is read. */
  stop(span: Span, when: string): undefined {
    if (this.#stoppedAt === null)
      this.#report(finding(TOO_MUCH, span, `reading stops here, ${when}`));
    this.#stoppedAt ??= span;
  }

  /** @returns undefined at the end */
  next(): Logical | undefined {
    while (this.#stoppedAt === null) {
      const line = this.#source.next();
      if (line === undefined) return undefined;
      if (line === null) {
        this.#endDefinition();
        continue;
      }
      this.#lines += 1;
      if (this.#lines + this.#source.ignored > MAX_LINES)
        return this.stop(line.span, `after ${MAX_LINES} lines`);
      if (this.#definitions.excess > MAX_EXCESS) {
        return this.stop(line.span, "where definitions are replaced too often");
      }
      const logical = this.#growing === null ? this.#read(line) : this.#continueDefinition(line);
      if (logical !== undefined) return logical;
    }
    return undefined;
  }

  #read(raw: SourceText): Logical | undefined {
    const kept = withoutComment(raw);
    const plain = this.#take(kept);
    // A line for another host is left alone.
    if (plain !== undefined || !kept.text.startsWith("@")) {
      complainOfCutWord(raw, kept, this.#report);
    }
    if (plain === undefined) return undefined;
    const expanded = this.#definitions.expand(plain, this.#report);
    if (expanded === undefined) return undefined;
    if (!(expanded instanceof SourceText)) return this.#insert(expanded, plain);
    const line = expanded === plain ? plain : this.#take(withoutComment(expanded));
    if (line === undefined) return undefined;
    const include = parseInclude(line, this.file.checks, this.#report);
    if (include === null) return undefined;
    return include === undefined ? { line: withoutEscapedMarks(line) } : { include };
  }

  /** @returns what is left of a line that is none of the front end's own; it is looked at before and after expansion */
  #take(line: SourceText): SourceText | undefined {
    const kept = line.text.startsWith("@") ? this.#condition(line) : line;
    if (kept === undefined || kept.text === "") return undefined;
    const [start, name] = kept.text.startsWith("$") ? (DEFINITION.exec(kept.text) ?? []) : [];
    if (start !== undefined && name !== undefined) {
      this.#growing = { name, lines: [], comment: null };
      return this.#continueDefinition(kept.slice(start.length));
    }
    if (!isGenerator(kept.text)) return kept;
    this.#generate(kept);
    return undefined;
  }

  /** `@id` and `@^id`: whether this host reads the line. */
  #condition(line: SourceText): SourceText | undefined {
    const [start = "", not, id = ""] = /^@(\^?)([^ \t\r\f\v]*)[ \t\r\f\v]*/.exec(line.text) ?? [];
    this.#ids.add(id);
    const isOurs = id === this.#surroundings.configId;
    return isOurs === (not === "") ? line.slice(start.length) : undefined;
  }

  /** Its value ends with the first line that has no backslash behind it, or with an empty line. */
  #continueDefinition(raw: SourceText): undefined {
    const growing = this.#growing;
    if (growing === null) return;
    const [end] = /\\\s*$/.exec(raw.text) ?? [];
    const line = withoutComment(raw);
    const isComment = line.text === "" && raw.text.trim() !== "";
    const value = end === undefined ? line : withoutComment(raw.slice(0, -end.length));
    if (value.text !== "") {
      this.#complainOfComment(growing);
      growing.lines.push(value);
    }
    if (isComment || (end !== undefined && !line.text.endsWith("\\"))) growing.comment ??= raw.span;
    if (end === undefined && !isComment) this.#endDefinition();
  }

  /** One that nothing follows does no harm. */
  #complainOfComment({ comment, name }: Growing): void {
    if (comment === null) return;
    const message = `this comment ends the definition of ${name} for some of keepalived's processes or versions`;
    this.#report(finding(COMMENT_IN_DEFINITION, comment, message, { help: "leave it out" }));
    if (this.#growing !== null) this.#growing.comment = null;
  }

  #endDefinition(): void {
    if (this.#growing === null) return;
    const { name, lines } = this.#growing;
    this.#definitions.define(name, lines);
    this.#growing = null;
  }

  #insert({ name, lines }: Several, use: SourceText): undefined {
    if (this.#source.isReplacing(name)) {
      const message = `the definition of ${name} contains itself`;
      if (!this.#loops.has(name)) this.#report(finding(DEFINITION_LOOP, use.span, message));
      this.#loops.add(name);
    } else if (!this.#isTooDeep(use)) this.#source.pushDefinition(name, lines, use);
  }

  #generate(line: SourceText): void {
    const parts = generatorHead(line);
    const head = parts === undefined ? line : this.#definitions.expand(parts.head, this.#report);
    if (head === undefined) return;
    const generator =
      parts === undefined || !(head instanceof SourceText)
        ? { reason: "its parameters are not in ( and )" }
        : parseGenerator(head.text, withoutComment(parts.rest));
    const { span } = parts?.head ?? line;
    if ("reason" in generator) {
      this.#report(finding(INVALID_GENERATOR, span, generator.reason));
    } else if (generator.rounds > MAX_LINES) {
      const message = `${generator.rounds} lines are more than the ${MAX_LINES} that are read`;
      this.#report(finding(TOO_MUCH, span, message));
    } else if (generator.rest.text !== "" && !this.#isTooDeep(line)) {
      this.#source.pushGenerator(generator, (round) => {
        const values = generator.values(round);
        for (const [index, name] of generator.names.entries()) {
          this.#definitions.define(name, [SourceText.standingFor(values[index] ?? "", span)]);
        }
      });
    }
  }

  #isTooDeep(line: SourceText): boolean {
    if (this.depth < MAX_DEPTH) return false;
    const message = `more than ${MAX_DEPTH} files and definitions are inside each other`;
    this.#report(finding(TOO_MUCH, line.span, message));
    return true;
  }
}

/** Of files, definitions and generators inside each other. */
export const MAX_DEPTH = 1000;
const MAX_EXCESS = 20_000;
const DEFINITION = /^\$([A-Za-z_]\w*)=/;
