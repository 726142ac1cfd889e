/** `$NAME` and `${NAME}`: replaced where they are used, by what they are at that moment. */
import { DEFINITION_LOOP, DEFINITION_NOT_ALONE, LINE_TOO_LONG } from "./codes/words.ts";
import { type FindingKind, finding, type Report } from "./finding.ts";
import { MAX_LINE_BYTES } from "./lines.ts";
import type { Span } from "./place.ts";
import { SourceText } from "./source-text.ts";

/** What a name stands for: nothing, one line, or several that stand alone. */
export type Definition = readonly SourceText[];

/** The text of a built-in, as `${_RANDOM 1 6}`; undefined: there is none, or not with these arguments. */
export type BuiltIn = (name: string, words: readonly string[]) => string | undefined;

/** A definition of several lines that is all of a line. */
export interface Several {
  readonly name: string;
  readonly lines: Definition;
}

export class Definitions {
  readonly #byName = new Map<string, Definition>();
  readonly #builtIn: BuiltIn;
  /** How many were replaced beyond what a line of a person has. */
  excess = 0;

  constructor(builtIn: BuiltIn) {
    this.#builtIn = builtIn;
  }

  define(name: string, lines: Definition): void {
    this.#byName.set(name, lines);
  }

  /**
   * @returns the line itself where nothing is to be replaced; a definition of several lines where it is alone
   * on the line; undefined after it has reported why the line cannot be read
   */
  expand(line: SourceText, report: Report): SourceText | Several | undefined {
    if (!line.text.includes("$")) return line;
    const refuse = (kind: FindingKind, span: Span, message: string): undefined =>
      void report(finding(kind, span, message));
    const active: { name: string; behind: number }[] = []; // until so many characters are left
    const done: SourceText[] = [];
    let doneLength = 0;
    let rest = line;
    let searched = 0; // characters of `rest` that hold nothing to replace
    for (let replaced = 0; ; replaced += 1) {
      const match = referenceFrom(rest.text, searched);
      if (match === null) return replaced === 0 ? line : SourceText.concat([...done, rest]);
      const { name, from, to } = match;
      const value = this.#find(name);
      searched = to;
      if (value === undefined) {
        replaced -= 1;
        continue;
      }
      const span = rest.spanOf(from, to);
      if (replaced > FEW_REPLACED) this.excess += 1;
      while (rest.text.length - from <= (active.at(-1)?.behind ?? -1)) active.pop();
      if (active.some((one) => one.name === name)) {
        return refuse(DEFINITION_LOOP, span, `the definition of ${name} contains itself`);
      }
      if (typeof value !== "string" && value.length > 1) {
        if (doneLength === 0 && from === 0 && to === rest.text.length)
          return { name, lines: value };
        const message = `${name} has several lines: it has to be alone on its line`;
        return refuse(DEFINITION_NOT_ALONE, span, message);
      }
      const [one = ""] = typeof value === "string" ? [value] : value;
      const text = SourceText.standingFor(one, span);
      active.push({ name, behind: rest.text.length - to });
      if (from > 0) done.push(rest.slice(0, from));
      doneLength += from;
      rest = SourceText.concat([text, rest.slice(to)]);
      searched = 0;
      if (doneLength + rest.text.length > MAX_LINE_BYTES || replaced > MAX_REPLACED) {
        const message = `with what is defined the line has more than ${MAX_LINE_BYTES} bytes`;
        return refuse(LINE_TOO_LONG, span, message);
      }
    }
  }

  #find(reference: string): Definition | string | undefined {
    const defined = this.#byName.get(reference);
    if (defined !== undefined) return defined;
    const [name = "", ...words] = reference.split(/[ \t]+/).filter((word) => word !== "");
    return this.#builtIn(name, words);
  }
}

function referenceFrom(text: string, searched: number) {
  REFERENCE.lastIndex = searched;
  const match = REFERENCE.exec(text);
  if (match === null) return null;
  return { name: match[1] ?? match[2] ?? "", from: match.index, to: REFERENCE.lastIndex };
}

/** In braces anywhere; otherwise only before a blank, a comma, a parenthesis or the end. */
const REFERENCE = /\$(?:\{([A-Za-z_][^{}]*)\}|([A-Za-z_]\w*)(?=[ \t\r\f\v,)]|$))/g;
/** In one line, where definitions of nothing could be replaced for ever: what its bytes have room for. */
const MAX_REPLACED = 512;
const FEW_REPLACED = 16;
