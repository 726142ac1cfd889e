/**
 * What a tracked thing does to a virtual router: keepalived.conf(5), "track_script", "track_file",
 * "track_process", "track_interface". With a weight it moves the priority, without one its failure is
 * a fault.
 */

/** One line of a track block, the default weight of its definition filled in. */
export interface Tracker {
  readonly kind: "script" | "process" | "interface" | "bfd" | "file";
  readonly name: string;
  readonly weight: number; // -253..253, of a file -254..254; 0: down is a fault
  readonly isReverse: boolean;
}

/** How a tracked thing is: a file is a number, of what has not been asked yet nothing is known. */
export type TrackedState = "up" | "down" | "unknown" | number;

/** What one tracker adds to the priority; "fault": the router cannot take part. */
export type Contribution = number | "fault";

/** What all trackers of a virtual router come to. */
export interface TrackedStanding {
  readonly priority: number; // effective, 1..255
  readonly faults: readonly string[]; // names of trackers
  readonly terms: readonly Term[]; // what the priority is made of, beside the configured one
}

export interface Term {
  readonly name: string;
  readonly points: number; // not 0
}

/** Priority 255 is that of an owner, which no tracker changes. */
export function standingOf(
  priority: number,
  trackers: readonly Tracker[],
  stateOf: (tracker: Tracker) => TrackedState,
): TrackedStanding {
  const faults: string[] = [];
  const terms: Term[] = [];
  for (const tracker of trackers) {
    const contribution = contributionOf(tracker, stateOf(tracker));
    if (contribution === "fault") faults.push(tracker.name);
    else if (contribution !== 0) terms.push({ name: tracker.name, points: contribution });
  }
  return { priority: effectivePriority(priority, terms), faults, terms };
}

/** In maintenance: behind everybody else, but for an owner, who cannot be. */
export function lastOf({ priority, faults, terms }: TrackedStanding): TrackedStanding {
  if (priority === OWNER || priority === 1) return { priority, faults, terms };
  return { priority: 1, faults, terms: [...terms, { name: "maintenance", points: 1 - priority }] };
}

/** Within 1..254, whatever the sum: 0 would be a resignation and 255 a claim to own the addresses. */
export function effectivePriority(priority: number, terms: readonly Term[]): number {
  if (priority === OWNER) return OWNER;
  const sum = terms.reduce((total, { points }) => total + points, priority);
  return Math.min(Math.max(sum, 1), OWNER - 1);
}

/** A positive weight counts while up, a negative one while down; `reverse` turns the sign. */
export function contributionOf(
  { kind, weight, isReverse }: Tracker,
  state: TrackedState,
): Contribution {
  if (kind === "file" || typeof state === "number") {
    return fileContribution(Number(state) || 0, weight, isReverse);
  }
  if (state === "unknown") return 0;
  const isUp = state === "up";
  if (weight === 0) return isUp === isReverse ? "fault" : 0;
  if (weight > 0 !== isUp) return 0;
  return isReverse ? -weight : weight;
}

function fileContribution(value: number, weight: number, isReverse: boolean): Contribution {
  if (weight === 0) return (value === 0) === isReverse ? "fault" : 0;
  const points = value * (isReverse ? -weight : weight);
  if (points <= -OWNER + 1) return "fault";
  return Math.min(points, MOST_POINTS);
}

/**
 * Trackers as keepalived takes them where they cannot have the weight that was written: an owner keeps
 * its priority, and members of a sync group must move together, unless it is told that they may weigh.
 */
export function lawfulTrackers(
  trackers: readonly Tracker[],
  of: { readonly isOwner: boolean; readonly mayWeigh: boolean },
): Tracker[] {
  const weighs = ({ weight }: Tracker): boolean => weight !== 0;
  if (of.isOwner) return trackers.filter((tracker) => !weighs(tracker));
  if (of.mayWeigh) return [...trackers];
  return trackers.flatMap((tracker) => {
    const isKept = !weighs(tracker) || tracker.kind === "interface" || tracker.kind === "file";
    return isKept ? [{ ...tracker, weight: 0 }] : [];
  });
}

const OWNER = 255;
const MOST_POINTS = 253;
