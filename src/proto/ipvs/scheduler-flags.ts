/** Flags of schedulers by their names: flag-1 to flag-3, which sh and mh know by names of their own. */

/** Those that are set, by the scheduler's own names where it has some. */
export const schedulerFlagNames = (scheduler: string, flags: number): string[] =>
  namesOf(scheduler).filter((_, bit) => (flags & (1 << bit)) !== 0);

/** Any name that a flag has. @returns its bit, or why the scheduler has none of this name */
export function schedulerFlag(scheduler: string, name: string): number | string {
  const bit = Math.max(namesOf(scheduler).indexOf(name), NUMBERED.indexOf(name));
  if (bit >= 0) return 1 << bit;
  const owner = Object.keys(OWN).find((one) => namesOf(one).includes(name));
  if (owner !== undefined) return `is a flag of the scheduler ${owner}, not of ${scheduler}`;
  return `is none of ${[...new Set([...namesOf(scheduler), ...NUMBERED])].join(", ")}`;
}

const namesOf = (scheduler: string): readonly string[] =>
  (Object.hasOwn(OWN, scheduler) ? OWN[scheduler] : undefined) ?? NUMBERED;

/** IP_VS_SVC_F_SCHED1 and those that follow. */
const NUMBERED: readonly string[] = ["flag-1", "flag-2", "flag-3"];
/** IP_VS_SVC_F_SCHED_SH_* and IP_VS_SVC_F_SCHED_MH_* of linux/ip_vs.h. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  sh: ["sh-fallback", "sh-port", "flag-3"],
  mh: ["mh-fallback", "mh-port", "flag-3"],
};
