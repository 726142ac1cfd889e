/** Weights against the priorities of the other nodes: whether what fails can ever move the addresses. */
import { WEIGHT_MOVES_NOTHING } from "../codes/cluster.ts";
import { OWNER } from "../effective/identity.ts";
import type { Tracker } from "../effective/instance.ts";
import { spanOfWeight } from "../effective/tracking.ts";
import { finding, type Report } from "../finding.ts";
import { nameOf, placeOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";
import { byPriority, prioritiesOf, weighedBy } from "./priorities.ts";

/** Of the first node with such weights: with others there the rest may be right. Nobody is measured by an owner. */
export function findPowerlessWeights(router: SharedRouter, report: Report): void {
  const members = byPriority(router).filter(({ instance }) => instance.priority.value !== OWNER);
  for (const [place, member] of members.entries()) {
    const others = members.filter((one) => one !== member);
    const weighed = weighedBy(member);
    if (others.length === 0 || !others.every((one) => isSettled(member, one))) continue;
    const [first, ...more] = weighed;
    if (first === undefined) continue;
    // Whom nopreempt keeps from taking over is measured where there is nobody else.
    const [strongest] = [...others].sort(
      (a, b) => Number(isWaiting(a)) - Number(isWaiting(b)) || mostOf(b) - mostOf(a),
    );
    const other = place === 0 ? strongest : members[0];
    if (other === undefined) continue;
    const related = [
      { span: placeOf(other, other.instance.priority), message: "the other priority" },
      ...more.map((one) => ({ span: spanFor(one, member), message: "nor does this one" })),
    ];
    const { message, help } = place === 0 ? toStay(member, other) : toWait(member, other);
    report(finding(WEIGHT_MOVES_NOTHING, spanFor(first, member), message, { help, related }));
    return;
  }
}

const spanFor = (tracker: Tracker, { instance }: Member): Member["instance"]["span"] =>
  spanOfWeight(tracker) ?? instance.span;

const isWaiting = ({ instance }: Member): boolean => instance.nopreempt.value;
const mostOf = (member: Member): number => prioritiesOf(member).most;

/** Whatever either tracks, one of the two is never below the other. */
function isSettled(member: Member, other: Member): boolean {
  const [ours, theirs] = [prioritiesOf(member), prioritiesOf(other)];
  return ours.least >= theirs.most || theirs.least >= ours.most;
}

interface Told {
  readonly message: string;
  readonly help: string;
}

/** It stays MASTER. */
function toStay(member: Member, other: Member): Told {
  const { healthy, least } = prioritiesOf(member);
  const { most } = prioritiesOf(other);
  const [first, ...more] = weighedBy(member);
  const loss = more.length === 0 ? "a failure" : "all failures together";
  const what = first === undefined || more.length > 0 ? "" : ` of ${first.kind} ${first.name}`;
  return {
    message: `${loss}${what} leaves ${nameOf(member)} MASTER: ${healthy} - ${healthy - least} = ${least} is not below ${most} in ${whereIs({ member, other })}`,
    help: isWaiting(other)
      ? `nopreempt in ${whereIs({ member, other })}: no weight moves the addresses; write weight 0, so that a failure is a FAULT`
      : `${most - healthy} is not enough, ${most - healthy - 1} moves the addresses; or write weight 0, so that a failure is a FAULT`,
  };
}

/** It never takes over by them. */
function toWait(member: Member, other: Member): Told {
  const { healthy, most } = prioritiesOf(member);
  const { least } = prioritiesOf(other);
  return {
    message: `with all its weights ${nameOf(member)} comes to priority ${most} (${healthy} while all is well), and ${whereIs({ member, other })} is never below ${least}`,
    help: `only a priority above ${least} takes over from there`,
  };
}
