/** Sizes in bytes as people write them: `512`, `64K`, `16M`, `1G`, each of 1024. */
import { refuse } from "../option.ts";

/** For `value`: at most 1 TiB. @throws UsageError */
export function byteSize(text: string): number {
  const [, digits, unit = ""] = /^(\d{1,13})([KMG]?)$/i.exec(text) ?? [];
  if (digits === undefined) return refuse("is no size: write 512, 64K, 16M or 1G");
  const bytes = Number(digits) * 1024 ** " KMG".indexOf(unit.toUpperCase() || " ");
  return bytes > MOST ? refuse("is more than 1024G") : bytes;
}

/** `MIN-MAX`, `MIN-`, `-MAX`, or one size alone. @throws UsageError */
export function byteRange(text: string): { minBytes: number; maxBytes: number } {
  const dash = text.indexOf("-");
  if (dash < 0) return { minBytes: byteSize(text), maxBytes: byteSize(text) };
  const [min, max] = [text.slice(0, dash), text.slice(dash + 1)];
  if (min === "" && max === "") refuse("is no range of sizes: write MIN-MAX");
  const minBytes = min === "" ? 0 : byteSize(min);
  const maxBytes = max === "" ? Number.POSITIVE_INFINITY : byteSize(max);
  return maxBytes < minBytes ? refuse("ends before it begins") : { minBytes, maxBytes };
}

const MOST = 2 ** 40;
