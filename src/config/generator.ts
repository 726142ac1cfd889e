/** `~SEQ(...)` and `~LST(...)`: the rest of their line again and again, with other values of its variables. */
import type { SourceText } from "./source-text.ts";

export interface Generator {
  readonly names: readonly string[];
  readonly rounds: number;
  /** The values of the names in a round, from 0. */
  values(round: number): readonly string[];
  /** What is repeated. */
  readonly rest: SourceText;
}

/** Whether the line begins as one. */
export const isGenerator = (text: string): boolean =>
  text.startsWith("~") && /^~(SEQx?|LST)\b/.test(text);

/** The parameters, parentheses included, in which definitions are still to be replaced; undefined: no parentheses. */
export function generatorHead(
  line: SourceText,
): { head: SourceText; rest: SourceText } | undefined {
  const end = line.text.indexOf(")") + 1;
  if (end === 0 || !/^~\w+[ \t]*\(/.test(line.text)) return undefined;
  return { head: line.slice(0, end), rest: line.slice(end) };
}

/** @returns or why it is none */
export function parseGenerator(head: string, rest: SourceText): Generator | { reason: string } {
  const [, kind, inside = ""] = /^~(\w+)[ \t]*\((.*)\)$/s.exec(head) ?? [];
  return kind === "LST" ? parseList(inside, rest) : parseSequence(inside, kind === "SEQx", rest);
}

function parseSequence(
  inside: string,
  isHex: boolean,
  rest: SourceText,
): Generator | { reason: string } {
  const [name = "", ...words] = inside.split(",").map((word) => word.trim());
  const numbers = words.map(wholeNumber);
  if (numbers.length < 1 || numbers.length > 3)
    return { reason: "it takes a name and 1 to 3 numbers" };
  const odd = words[numbers.indexOf(undefined)];
  if (odd !== undefined) return { reason: `'${odd}' is no number` };
  const end = numbers.at(-1) as number;
  const start = numbers.length > 1 ? (numbers[0] as number) : end < 0 ? -1 : 1;
  const step = numbers.length === 3 ? (numbers[1] as number) : end < start ? -1 : 1;
  if (step === 0 || (end - start) * step < 0) {
    return { reason: `steps of ${step} do not lead from ${start} to ${end}` };
  }
  if (isHex && (start < 0 || end < 0)) return { reason: "~SEQx takes no number below 0" };
  const rounds = Math.floor((end - start) / step) + 1;
  const values = (round: number) => [(start + round * step).toString(isHex ? 16 : 10)];
  return { names: [name], rounds, values, rest };
}

function parseList(inside: string, rest: SourceText): Generator | { reason: string } {
  const [first, ...others] = elements(inside);
  const names = (first ?? "")
    .replace(/^\{|\}$/g, "")
    .split(",")
    .map((name) => name.trim());
  if (others.length === 0) return { reason: "it takes a name and one value at least" };
  const rows = others.map((one) =>
    one
      .replace(/^\{|\}$/g, "")
      .split(",")
      .map((word) => word.trim()),
  );
  if (rows.some((row) => row.length > names.length)) {
    return { reason: "an element has more values than there are names" };
  }
  const odd = rows.flat().find((word) => /[ \t]/.test(word));
  if (odd !== undefined) return { reason: `'${odd}' has a blank in it` };
  const values = (round: number) => names.map((_, index) => rows[round]?.[index] ?? "");
  return { names, rounds: rows.length, values, rest };
}

/** What the commas outside braces divide. */
const elements = (inside: string): string[] =>
  inside.split(/,(?![^{}]*\})/).map((element) => element.trim());

/** As strtol base 0 reads it: 0x10, 010, -3. */
function wholeNumber(word: string): number | undefined {
  const [, sign, digits = ""] = /^([+-]?)(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.exec(word) ?? [];
  if (digits === "") return undefined;
  const isOctal = /^0\d/.test(digits);
  const value = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  if (!Number.isSafeInteger(value)) return undefined;
  return sign === "-" ? -value : value;
}
