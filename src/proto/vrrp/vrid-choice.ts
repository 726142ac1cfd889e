/** Which VRIDs of a segment are free, and which of them to take (1..255, RFC 9568 section 5.2.3). */
import { compareIp, type IpBytes } from "../../core/addr.ts";

/** VRIDs that follow each other, both ends included. */
export interface VridRange {
  readonly from: number;
  readonly to: number;
}

/** Ascending, and as few as can be. */
export function freeVrids(used: ReadonlySet<number>): VridRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (let vrid = 1; vrid <= MOST_VRIDS; vrid += 1) {
    if (used.has(vrid)) continue;
    const last = ranges.at(-1);
    if (last?.to === vrid - 1) last.to = vrid;
    else ranges.push({ from: vrid, to: vrid });
  }
  return ranges;
}

/**
 * The VRID that these virtual addresses have by a hash of their set, whatever their order: so two
 * administrators who do not know of each other mostly choose differently, also while neither's routers
 * run. Where it is taken, the next free one, 1 behind 255; without addresses the same from 101 on.
 * @returns undefined where all are taken
 */
export function suggestVrid(
  used: ReadonlySet<number>,
  vips: readonly IpBytes[],
): number | undefined {
  const first = vips.length === 0 ? FIRST_WITHOUT_VIPS : vridOfHash(hashOf(vips));
  for (let step = 0; step < MOST_VRIDS; step += 1) {
    const vrid = vridOfHash(first - 1 + step);
    if (!used.has(vrid)) return vrid;
  }
  return undefined;
}

const vridOfHash = (hash: number): number => (hash % MOST_VRIDS) + 1;

/** FNV-1a of 32 bits over the addresses in ascending order, each once. */
function hashOf(vips: readonly IpBytes[]): number {
  const ascending = [...vips].sort(compareIp);
  const once = ascending.filter((vip, n) => n === 0 || compareIp(vip, ascending[n - 1] as IpBytes));
  let hash = 0x811c9dc5;
  for (const vip of once) for (const byte of vip) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

const MOST_VRIDS = 255;
const FIRST_WITHOUT_VIPS = 101; // examples and the defaults of routers are below
