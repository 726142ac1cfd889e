/** A script that two nodes both track, when it fails on both: whether that moves the addresses, which helps nobody. */
import { ROLES_CHANGE_FOR_NOTHING } from "../codes/cluster.ts";
import type { Tracker } from "../effective/instance.ts";
import { spanOfWeight } from "../effective/tracking.ts";
import { finding, type Report } from "../finding.ts";
import { nameOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";
import { byPriority, inBounds, prioritiesOf, weighedBy } from "./priorities.ts";

/** Of the first node and the second one, which is MASTER after a failure of the first alone. */
export function findSharedFailures(router: SharedRouter, report: Report): void {
  const [first, second] = byPriority(router);
  if (first === undefined || second === undefined) return;
  const [own, other] = [prioritiesOf(first).healthy, prioritiesOf(second).healthy];
  if (own === other) return;
  for (const tracker of weighedBy(first)) {
    if (tracker.kind !== "script") continue;
    const same = weighedBy(second).find(
      ({ kind, name }) => kind === "script" && name === tracker.name,
    );
    if (same === undefined) continue;
    const [failed, theirs] = [failedPriority(first, tracker), failedPriority(second, same)];
    if (failed >= theirs) continue;
    const message = `when script ${tracker.name} fails on both nodes, ${nameOf(first)} comes from ${own} to ${failed}, and that of ${whereIs({ member: first, other: second })} from ${other} to ${theirs}: the addresses move there`;
    const at = (one: Tracker, { instance }: Member) => spanOfWeight(one) ?? instance.span;
    const related = [{ span: at(same, second), message: "the other weight" }];
    const help = "write the same weight on both nodes";
    report(finding(ROLES_CHANGE_FOR_NOTHING, at(tracker, first), message, { help, related }));
  }
}

/** With all else well. */
function failedPriority(member: Member, { weight: { value } }: Tracker): number {
  const change = Math.abs(value.weight);
  return inBounds(prioritiesOf(member).healthy + (value.isReversed ? change : -change));
}
