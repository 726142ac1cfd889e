/** Whether enough of many targets are up. */

export interface Counts {
  readonly up: number;
  readonly down: number;
  readonly unknown: number; // could not be asked
}

/** `unknown` where those that could not be asked would decide it. @param needed how many are to be up */
export function verdictOfAll({ up, unknown }: Counts, needed: number): "up" | "down" | "unknown" {
  if (up >= needed) return "up";
  return up + unknown >= needed ? "unknown" : "down";
}
