/** Weights that cannot do what they are written for. */
import {
  REVERSED_FAULT,
  WEIGHT_OF_ONE_MEMBER,
  WEIGHT_WITHOUT_EFFECT,
  WEIGHT_WITHOUT_PREEMPTION,
} from "../codes/tracking.ts";
import { OWNER } from "../effective/identity.ts";
import { spanOf } from "../effective/in-force.ts";
import type { EffectiveInstance, Tracker } from "../effective/instance.ts";
import { spanOfWeight } from "../effective/tracking.ts";
import { finding } from "../finding.ts";
import type { Facts } from "./facts.ts";

/** A priority that is at its end stays there. */
export function findUselessWeights({ vrrp, report }: Facts): void {
  const groups = new Map(vrrp.groups.map((one) => [one.name, one]));
  for (const instance of vrrp.instances) {
    const weighed = instance.trackers.filter(isWeighed);
    const range = rangeOf(instance.priority.value, weighed);
    for (const tracker of weighed) {
      const why = uselessness(instance, tracker, range);
      if (why === null) continue;
      const { kind, name, weight } = tracker;
      const message = `weight ${weight.value.weight} of ${kind} ${name} never changes the priority of vrrp_instance ${instance.name}: ${why}`;
      const span = spanOf(instance.priority.origin);
      const related = span === null ? [] : [{ span, message: "the priority" }];
      report(
        finding(WEIGHT_WITHOUT_EFFECT, spanOfWeight(tracker) ?? instance.span, message, {
          related,
        }),
      );
    }
    const weighing = groups.get(instance.group ?? "");
    if (weighing === undefined || weighing.sync_group_tracking_weight.value !== null) continue;
    for (const tracker of weighed.filter(
      ({ kind, because }) => kind === "process" && because === "tracked",
    )) {
      const message = `weight ${tracker.weight.value.weight} of process ${tracker.name} changes the priority of vrrp_instance ${instance.name} alone, which is in vrrp_sync_group ${weighing.name}`;
      report(finding(WEIGHT_OF_ONE_MEMBER, spanOfWeight(tracker) ?? instance.span, message));
    }
  }
}

type Range = readonly [least: number, most: number];

/** What a priority can become. */
function rangeOf(priority: number, weighed: readonly Tracker[]): Range {
  let [lowest, highest] = [priority, priority];
  for (const tracker of weighed) {
    const [least, most] = changeOf(tracker);
    lowest += least;
    highest += most;
  }
  return [lowest, highest];
}

function uselessness(
  { priority }: EffectiveInstance,
  tracker: Tracker,
  [lowest, highest]: Range,
): string | null {
  // Of an owner keepalived tells all others.
  if (priority.value === OWNER) return tracker.kind === "process" ? `it stays ${OWNER}` : null;
  if (lowest >= MOST) return `it stays at ${MOST}, the most`;
  return highest <= LEAST ? `it stays at ${LEAST}, the least` : null;
}

/** The least and the most that a tracked thing adds to a priority. */
export function changeOf({ kind, weight }: Tracker): Range {
  const change = weight.value.isReversed ? -weight.value.weight : weight.value.weight;
  if (kind === "file") return [-MOST, MOST]; // the file may have any number
  return [Math.min(0, change), Math.max(0, change)];
}

export const LEAST = 1;
export const MOST = 254;

export const isWeighed = ({ weight }: Tracker): boolean => weight.value.weight !== 0;

export function findReversedFaults({ vrrp, report }: Facts): void {
  for (const instance of vrrp.instances) {
    for (const tracker of instance.trackers) {
      const { kind, name, weight, because } = tracker;
      if (weight.value.weight !== 0 || !weight.value.isReversed || because === "group") continue;
      const message = `vrrp_instance ${instance.name} is in FAULT while ${kind} ${name} is up`;
      report(finding(REVERSED_FAULT, spanOfWeight(tracker) ?? instance.span, message));
    }
  }
}

/** A lower priority moves nothing where nobody takes over from it. */
export function findWeightsBesideNopreempt({ vrrp, report }: Facts): void {
  for (const instance of vrrp.instances) {
    const weighed = instance.trackers.filter(isWeighed);
    const [first] = weighed;
    const span = spanOf(instance.nopreempt.origin);
    if (!instance.nopreempt.value || first === undefined || span === null) continue;
    const message = `a failure of ${first.kind} ${first.name} lowers the priority, but nopreempt leaves the addresses where they are`;
    const help = `write weight 0 for ${first.kind} ${first.name}, or leave out nopreempt`;
    const related = weighed.flatMap((tracker) => {
      const at = spanOfWeight(tracker);
      return at === null
        ? []
        : [{ span: at, message: `${tracker.kind} ${tracker.name} is tracked here` }];
    });
    report(finding(WEIGHT_WITHOUT_PREEMPTION, span, message, { help, related }));
  }
}
