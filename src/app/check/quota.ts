/** How many of the targets are to be up, and what the answer is then. */
export { verdictOfAll } from "../../proto/check/verdict-of-all.ts";

/** Of all targets: a number, or a share. */
export interface Quota {
  readonly number: number;
  readonly isPercent: boolean;
}

/** All where nothing is said. */
export function neededOf(quota: Quota | undefined, targets: number): number {
  if (quota === undefined) return targets;
  return quota.isPercent ? Math.ceil((targets * quota.number) / 100) : quota.number;
}
