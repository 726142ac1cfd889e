/** What an instance tracks in the end: its own blocks, what keepalived adds by itself, and what it takes back. */
import {
  OWN_INTERFACE_TRACKED,
  WEIGHT_IN_GROUP,
  WEIGHT_OF_OWNER,
  WEIGHT_UNDONE,
} from "../codes/tracking.ts";
import type { Finding } from "../finding.ts";
import type { Span } from "../place.ts";
import { corrected } from "./completing.ts";
import type { Completion, Draft } from "./completion.ts";
import { OWNER } from "./identity.ts";
import { byDefault, type InForce, spanOf } from "./in-force.ts";
import type { TrackedBecause, Tracker, TrackerKind } from "./instance.ts";

/** @param mayWeigh the sync group of the instance lets weights change priorities, or there is none */
export function completeTracking(
  completion: Completion,
  tracked: readonly Tracker[],
  mayWeigh: boolean,
): void {
  const { draft } = completion;
  const others = tracked.filter((tracker) => {
    const isOwn = tracker.kind === "interface" && tracker.name === draft.interface.value;
    if (isOwn) {
      const message = `${tracker.name} is the interface of vrrp_instance ${draft.name}, and watched anyway`;
      completion.tell(OWN_INTERFACE_TRACKED, tracker.span, message, { help: "leave it out" });
    }
    return !isOwn;
  });
  const weighed = others.flatMap((one) => withFittingWeight(completion, one, mayWeigh));
  const automatic = interfacesOf(draft);
  draft.trackers = [
    ...weighed.map((one) => withoutUndoneWeight(completion, one, automatic)),
    ...automatic,
  ];
}

/** The tracker with what is left of its weight; nothing where keepalived does not watch it. */
function withFittingWeight(completion: Completion, tracker: Tracker, mayWeigh: boolean): Tracker[] {
  const { draft } = completion;
  const isOwner = draft.priority.value === OWNER;
  const { kind, name, weight } = tracker;
  if ((mayWeigh && !isOwner) || weight.value.weight === 0 || kind === "process") return [tracker];
  const why = mayWeigh ? `priority ${OWNER}` : `sync group ${draft.group}`;
  const of = mayWeigh ? WEIGHT_OF_OWNER : WEIGHT_IN_GROUP;
  const isDefault = kind === "file" && weight.value.weight === 1;
  const onlyZero = mayWeigh || isDefault;
  const help = onlyZero
    ? "write weight 0"
    : "write weight 0, or sync_group_tracking_weight in the group";
  const message = `weight ${weight.value.weight} of ${kind} ${name} does not go with ${why}: ${resultOf(kind, isDefault, isOwner)}`;
  const found = completion.tell(of, spanOfWeight(tracker), message, { help });
  if (kind === "interface") return [tracker];
  return isDefault ? [{ ...tracker, weight: withoutWeight(weight, found) }] : [];
}

/** keepalived says that it ignores the weight of an interface, but has put it into use before. */
function resultOf(kind: TrackerKind, isDefault: boolean, isOwner: boolean): string {
  if (isDefault) return "it becomes 0";
  if (kind !== "interface") return "it is not watched";
  return isOwner ? "it changes nothing" : "it changes this member alone";
}

/** An interface that an address needs is watched without a weight. */
function withoutUndoneWeight(
  completion: Completion,
  tracker: Tracker,
  automatic: readonly Tracker[],
): Tracker {
  const { kind, name, weight } = tracker;
  const needing = automatic.find((one) => one.name === name);
  if (kind !== "interface" || needing === undefined || weight.value.weight === 0) return tracker;
  const found = tellUndoneWeight(completion, tracker, needing);
  return { ...tracker, weight: withoutWeight(weight, found) };
}

/** @param needing why the interface is watched anyway */
export function tellUndoneWeight(
  completion: Completion,
  tracker: Tracker,
  needing: Tracker,
): Finding {
  const { name, weight } = tracker;
  const it = `vrrp_instance ${completion.draft.name}`;
  const message = `weight ${weight.value.weight} of ${name} means nothing: without it ${it} is in FAULT, for it has ${needing.because === "address" ? "an" : "a"} ${needing.because} there`;
  const related =
    needing.span === null ? [] : [{ span: needing.span, message: `the ${needing.because}` }];
  return completion.tell(WEIGHT_UNDONE, spanOfWeight(tracker), message, { related });
}

export const withoutWeight = (weight: Tracker["weight"], by: Finding): Tracker["weight"] =>
  corrected(weight, { weight: 0, isReversed: weight.value.isReversed }, by);

/** Where the weight of a tracked thing is written, or the thing where its definition has the weight. */
export const spanOfWeight = ({ weight, span }: Tracker): Span | null =>
  weight.origin.kind === "written" ? weight.origin.span : span;

/** Its own interface, and those that its addresses, routes and rules name. */
function interfacesOf(draft: Draft): Tracker[] {
  const found = new Map<string, Tracker>();
  const add = (ifName: InForce<string | null>, because: TrackedBecause): void => {
    if (ifName.value === null || found.has(ifName.value)) return;
    const span = spanOf(ifName.origin);
    found.set(ifName.value, {
      kind: "interface",
      name: ifName.value,
      weight: FAULT,
      because,
      span,
    });
  };
  const own = draft.interface;
  if (draft.dont_track_primary.value === null) add(own, "own interface");
  for (const { value } of [...draft.virtual_ipaddress, ...draft.virtual_ipaddress_excluded]) {
    const { dev, no_track } = value.options;
    if (no_track.value === null && dev.value !== own.value) add(dev, "address");
  }
  for (const { value } of draft.virtual_routes) {
    if (value.options.no_track === null) add(settingOf(value.options.dev), "route");
  }
  for (const { value } of draft.virtual_rules) {
    if (value.options.no_track !== null) continue;
    add(settingOf(value.options.iif), "rule");
    add(settingOf(value.options.oif), "rule");
  }
  return [...found.values()];
}

const settingOf = (
  setting: { readonly value: string; readonly span: Span } | null,
): InForce<string | null> =>
  setting === null
    ? byDefault(null)
    : { value: setting.value, origin: { kind: "written", span: setting.span } };

const FAULT: InForce<{ weight: number; isReversed: boolean }> = byDefault({
  weight: 0,
  isReversed: false,
});
