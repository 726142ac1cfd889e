/** Sync groups: their members, what these inherit, and what a group tracks for all of them. */

import { didYouMean } from "../../core/closest.ts";
import {
  INTERFACE_TRACKED_BY_BOTH,
  TRACKED_BY_BOTH,
  WEIGHT_BESIDE_OWNER,
} from "../codes/tracking.ts";
import {
  GROUP_BEGINS_AS_BACKUP,
  IN_TWO_GROUPS,
  NO_SUCH_INSTANCE,
  SMALL_GROUP,
} from "../codes/vrrp.ts";
import { TOO_MUCH } from "../codes/words.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting, Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import type { TRACK } from "../tables/track.ts";
import { VRRP_SYNC_GROUP } from "../tables/vrrp-sync-group.ts";
import type { Completion } from "./completion.ts";
import { effectiveOf } from "./defaults.ts";
import type { Definitions } from "./definitions.ts";
import type { Globals } from "./globals.ts";
import { OWNER } from "./identity.ts";
import { type Effective, type InForce, inherited, isSaid } from "./in-force.ts";
import type { Tracker } from "./instance.ts";
import { trackersOf } from "./trackers.ts";
import { spanOfWeight, tellUndoneWeight, withoutWeight } from "./tracking.ts";

export interface WrittenGroup {
  readonly name: string;
  readonly body: Values<typeof VRRP_SYNC_GROUP>;
}

export type EffectiveGroup = Omit<
  Effective<typeof VRRP_SYNC_GROUP>,
  keyof typeof TRACK | "group"
> & {
  readonly name: string;
  readonly span: Span; // of the name
  readonly members: readonly InForce<string>[]; // names of instances
  readonly trackers: readonly Tracker[];
};

/** Members first: of the groups that say so an instance is in the first one. */
export function membersOf(
  group: Setting<WrittenGroup>,
  instances: ReadonlyMap<string, Completion>,
  report: Report,
): InForce<string>[] {
  const { name, body } = group.value;
  const named = body.group?.value ?? [];
  const members = named.flatMap(({ value, span }): InForce<string>[] => {
    const instance = instances.get(value);
    if (instance === undefined) {
      const message = () =>
        `there is no vrrp_instance '${value}' for vrrp_sync_group ${name}${didYouMean(value, instances.keys())}`;
      report(finding(NO_SUCH_INSTANCE, span, message));
      return [];
    }
    const { draft } = instance;
    if (draft.group !== null) {
      const twice = draft.group === name ? "twice" : "too";
      const message = `vrrp_instance ${value} is in vrrp_sync_group ${draft.group}, and cannot be in ${name} ${twice}`;
      report(finding(IN_TWO_GROUPS, span, message));
      return [];
    }
    draft.group = name;
    return [{ value, origin: { kind: "written", span } }];
  });
  if (members.length < 2 && members.length === named.length) {
    const count = members.length === 0 ? "no member" : "one member alone";
    report(finding(SMALL_GROUP, group.span, `vrrp_sync_group ${name} has ${count}`));
  }
  return members;
}

export function completeGroup(
  { value: { name, body }, span }: Setting<WrittenGroup>,
  members: readonly InForce<string>[],
  instances: ReadonlyMap<string, Completion>,
  definitions: Definitions,
  globals: Globals,
  report: Report,
): EffectiveGroup {
  const { group, track_interface, track_script, track_file, track_process, track_bfd, ...raw } =
    effectiveOf(VRRP_SYNC_GROUP, body, { ...globals });
  const own = members.flatMap(({ value }) => instances.get(value) ?? []);
  const hasOwner = own.some(({ draft }) => draft.priority.value === OWNER);
  const trackers = trackersOf(body, definitions, "group", report).map((tracker) =>
    hasOwner ? withoutWeightOfOwner(name, span, tracker, report) : tracker,
  );
  const isMuch = own.length * trackers.length > MOST_TRACKED;
  if (isMuch) {
    const message = `what vrrp_sync_group ${name} tracks is not told of its members: ${own.length} of ${trackers.length} are too many`;
    report(finding(TOO_MUCH, span, message));
  }
  for (const completion of own) {
    if (!isMuch) trackForGroup(completion, name, trackers);
    const { draft } = completion;
    const { notify_priority_changes: tells } = raw;
    if (
      tells.value === true &&
      isSaid(tells) &&
      completion.written.notify_priority_changes === null
    ) {
      draft.notify_priority_changes = inherited(`vrrp_sync_group ${name}`, {
        ...tells,
        value: true,
      });
    }
  }
  beginTogether(own, name);
  return { ...raw, name, span, members, trackers };
}

/** Of members and what each of them tracks. */
const MOST_TRACKED = 250_000;

function withoutWeightOfOwner(
  group: string,
  span: Span,
  tracker: Tracker,
  report: Report,
): Tracker {
  const { kind, name, weight } = tracker;
  if (weight.value.weight === 0 || kind === "process") return tracker;
  const message = `weight ${weight.value.weight} of ${kind} ${name} becomes 0: a member of vrrp_sync_group ${group} has priority ${OWNER}`;
  const by = finding(WEIGHT_BESIDE_OWNER, spanOfWeight(tracker) ?? span, message);
  report(by);
  return { ...tracker, weight: withoutWeight(weight, by) };
}

/** What a member tracks itself has the weight of the group, unless it is a FAULT already. */
function trackForGroup(completion: Completion, group: string, trackers: readonly Tracker[]): void {
  const all = [...completion.draft.trackers];
  const firsts = new Map<string, number>();
  for (const [index, { kind, name }] of all.entries()) {
    if (!firsts.has(`${kind} ${name}`)) firsts.set(`${kind} ${name}`, index);
  }
  for (const tracker of trackers) {
    const index = firsts.get(`${tracker.kind} ${tracker.name}`) ?? all.length;
    const before = all[index];
    all[index] = before === undefined ? tracker : trackedByBoth(completion, group, tracker, before);
  }
  completion.draft.trackers = all;
}

/** @returns what the member tracks then */
function trackedByBoth(
  completion: Completion,
  group: string,
  tracker: Tracker,
  before: Tracker,
): Tracker {
  const { draft } = completion;
  const { kind, name } = tracker;
  const isNeeded = !["tracked", "own interface"].includes(before.because);
  if (isNeeded) {
    if (tracker.weight.value.weight !== 0) tellUndoneWeight(completion, tracker, before);
    return before;
  }
  const both = kind === "interface" ? INTERFACE_TRACKED_BY_BOTH : TRACKED_BY_BOTH;
  const because = before.because === "tracked" ? "" : ` (${before.because})`;
  const message = `${kind} ${name} is watched by vrrp_instance ${draft.name}${because} and by vrrp_sync_group ${group}`;
  const related = tracker.span === null ? [] : [{ span: tracker.span, message: "for all members" }];
  completion.tell(both, before.span, message, { related });
  if (before.weight.value.weight === 0) return before;
  return { ...before, weight: inherited(`vrrp_sync_group ${group}`, tracker.weight) };
}

/** A group begins as MASTER where all its members are owners that may; otherwise none of them does. */
function beginTogether(own: readonly Completion[], group: string): void {
  const isMaster = ({ draft }: Completion): boolean => draft.state.value === "MASTER";
  const mayAll = own.every((one) => isMaster(one) && one.draft.priority.value === OWNER);
  if (mayAll) return;
  for (const completion of own.filter(isMaster)) {
    const message = `state MASTER becomes BACKUP in vrrp_sync_group ${group}`;
    completion.correct("state", "BACKUP", GROUP_BEGINS_AS_BACKUP, message);
  }
}
