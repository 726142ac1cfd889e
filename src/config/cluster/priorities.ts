/** Between which ends the priority of a member moves with what it tracks, and where it is while all is well. */
import { OWNER } from "../effective/identity.ts";
import type { Tracker } from "../effective/instance.ts";
import { changeOf, isWeighed, LEAST, MOST } from "../rules/weights.ts";
import type { Member, SharedRouter } from "./members.ts";

export interface Priorities {
  readonly healthy: number;
  readonly least: number;
  readonly most: number;
}

export function prioritiesOf(member: Member): Priorities {
  const { priority } = member.instance;
  const weighed = weighedBy(member);
  if (weighed.length === 0) {
    return { healthy: priority.value, least: priority.value, most: priority.value };
  }
  let [healthy, least, most] = [priority.value, priority.value, priority.value];
  for (const tracker of weighed) {
    const [low, high] = changeOf(tracker);
    healthy += changeWhileUp(tracker);
    least += low;
    most += high;
  }
  return { healthy: inBounds(healthy), least: inBounds(least), most: inBounds(most) };
}

/** What can change its priority: of an owner nothing. */
export const weighedBy = ({ instance }: Member): readonly Tracker[] =>
  instance.priority.value === OWNER ? [] : instance.trackers.filter(isWeighed);

/** A file is taken to say 0. */
function changeWhileUp({ kind, weight: { value } }: Tracker): number {
  if (kind === "file" || value.weight < 0) return 0;
  return value.isReversed ? -value.weight : value.weight;
}

export const inBounds = (priority: number): number => Math.min(Math.max(priority, LEAST), MOST);

/** Who is to be MASTER first; of equal ones the first node. */
export const byPriority = (router: SharedRouter): readonly Member[] =>
  [...router].sort((a, b) => prioritiesOf(b).healthy - prioritiesOf(a).healthy);
