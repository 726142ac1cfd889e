/** Which status codes of HTTP are good news (RFC 9110 section 15): `200-299,304`. */

export interface StatusRange {
  readonly first: number; // 100..999
  readonly last: number; // not below `first`
}

/** @returns the ranges, or why the text names none */
export function parseStatusSet(text: string): readonly StatusRange[] | string {
  const ranges: StatusRange[] = [];
  for (const part of text.split(",")) {
    const [, first, last = first] = /^([1-9]\d\d)(?:-([1-9]\d\d))?$/.exec(part.trim()) ?? [];
    if (first === undefined) return "is no list of status codes and ranges such as 200-299,304";
    const range = { first: Number(first), last: Number(last) };
    if (range.last < range.first) return `has the range ${part}, which ends before it begins`;
    ranges.push(range);
  }
  return ranges;
}

export const hasStatus = (ranges: readonly StatusRange[], status: number): boolean =>
  ranges.some(({ first, last }) => status >= first && status <= last);
