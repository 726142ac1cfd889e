/** Options of a pcapng block (draft-ietf-opsawg-pcapng section 3.5): a code, a length, a value padded to 32 bits. */
import { OPTION } from "./pcapng.ts";

/** Where in a chunk the options of a block stand. Whoever reads a block after the other fills one again and again. */
export interface OptionSpan {
  view: DataView;
  littleEndian: boolean;
  start: number;
  end: number;
}

/**
 * The value of the first option of `code`, if it has a length of at least `minBytes`; its length
 * stands in the 2 bytes before it. @returns its place, 0 where there is none before the end or before
 * an option that is not whole
 */
export function findOption(
  { view, littleEndian, start, end }: Readonly<OptionSpan>,
  code: number,
  minBytes: number,
): number {
  for (let at = start + 4; at <= end; ) {
    const found = view.getUint16(at - 4, littleEndian);
    const length = view.getUint16(at - 2, littleEndian);
    if (found === OPTION.end || length > end - at) return 0;
    if (found === code) return length < minBytes ? 0 : at;
    at += length + (-length & 3) + 4;
  }
  return 0;
}

/** Whether each of them ends where the block does at the latest. */
export function areWhole({ view, littleEndian, start, end }: Readonly<OptionSpan>): boolean {
  for (let at = start + 4; at <= end; ) {
    const length = view.getUint16(at - 2, littleEndian);
    if (view.getUint16(at - 4, littleEndian) === OPTION.end) return true;
    if (length > end - at) return false;
    at += length + (-length & 3) + 4;
  }
  return true;
}
