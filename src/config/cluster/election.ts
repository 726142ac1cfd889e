/** Who becomes MASTER, and whether the node that a setting is for is the one that has it. */
import {
  MASTER_TWICE,
  NOBODY_PREEMPTS,
  NOPREEMPT_ON_WRONG_NODE,
  PREEMPT_DELAY_ON_WRONG_NODE,
  PRIORITIES_EQUAL,
} from "../codes/cluster.ts";
import { OWNER } from "../effective/identity.ts";
import { type InForce, isSaid } from "../effective/in-force.ts";
import type { Tracker } from "../effective/instance.ts";
import { spanOfWeight } from "../effective/tracking.ts";
import { type FindingKind, finding, type Report } from "../finding.ts";
import { clashes, nameOf, type Pair, placeOf, whereIs } from "./differences.ts";
import type { Member, SharedRouter } from "./members.ts";
import { prioritiesOf, weighedBy } from "./priorities.ts";

export function findEqualPriorities(router: SharedRouter, report: Report): void {
  const clash = ({ member, other }: Pair): number | null => {
    const [ours, theirs] = [prioritiesOf(member).healthy, prioritiesOf(other).healthy];
    return ours === theirs ? ours : null;
  };
  for (const { why: priority, ...pair } of clashes(router, clash)) {
    const { member, other } = pair;
    const of = member.instance.priority.value === priority ? "has" : "comes by its weights to";
    const so =
      priority === OWNER
        ? "both own the addresses, and have them at once"
        : "addresses decide who is MASTER";
    const message = `${nameOf(member)} ${of} priority ${priority}, as in ${whereIs(pair)}: ${so}`;
    const related = [{ span: placeOf(other, other.instance.priority), message: "the other one" }];
    report(
      finding(PRIORITIES_EQUAL, placeOf(member, member.instance.priority), message, { related }),
    );
  }
}

export function findTwoMasters(router: SharedRouter, report: Report): void {
  const said = router.filter(
    ({ instance: { state } }) => state.value === "MASTER" && isSaid(state),
  );
  for (const pair of clashes(said, () => true)) {
    const { member, other } = pair;
    const message = `${nameOf(member)} begins with state MASTER, as in ${whereIs(pair)}`;
    const help = "write state BACKUP on all nodes but that of the highest priority";
    const related = [{ span: placeOf(other, other.instance.state), message: "the other one" }];
    report(
      finding(MASTER_TWICE, placeOf(member, member.instance.state), message, { help, related }),
    );
  }
}

export function findNopreempt(router: SharedRouter, report: Report): void {
  const staying = router.filter(({ instance }) => instance.nopreempt.value);
  const [first, ...others] = staying;
  if (first !== undefined && staying.length === router.length) {
    const message = `all nodes have nopreempt for ${nameOf(first)}: whoever is MASTER stays it`;
    const related = others.map((one) => ({
      span: placeOf(one, one.instance.nopreempt),
      message: "here too",
    }));
    const at = placeOf(first, first.instance.nopreempt);
    report(finding(NOBODY_PREEMPTS, at, message, { related }));
    return;
  }
  for (const member of staying) {
    const words = {
      useless: "nopreempt does nothing",
      harmful: "nopreempt keeps it from taking over",
    };
    findMisplaced(
      member,
      router,
      member.instance.nopreempt,
      words,
      NOPREEMPT_ON_WRONG_NODE,
      report,
    );
  }
}

export function findPreemptDelays(router: SharedRouter, report: Report): void {
  for (const member of router) {
    const { preempt_delay: delay } = member.instance;
    if (delay.value === 0) continue;
    const words = {
      useless: "preempt_delay does nothing",
      harmful: "preempt_delay puts the takeover off",
    };
    findMisplaced(member, router, delay, words, PREEMPT_DELAY_ON_WRONG_NODE, report);
  }
}

/** Of a setting that is about a MASTER of lower priority, on a node above which all others are. */
function findMisplaced(
  member: Member,
  router: SharedRouter,
  setting: InForce<unknown>,
  { useless, harmful }: { readonly useless: string; readonly harmful: string },
  kind: FindingKind,
  report: Report,
): void {
  const own = prioritiesOf(member);
  const others = router.filter((one) => one !== member);
  const [above] = others.filter((one) => prioritiesOf(one).healthy > own.healthy);
  if (above === undefined || others.some((one) => prioritiesOf(one).healthy < own.healthy)) return;
  const falling = others.flatMap((one) => fallBelow(one, own.most))[0];
  const pair = { member, other: falling?.member ?? above };
  const where = `vrrp_instance ${member.instance.name}, whose priority ${own.healthy} is below ${prioritiesOf(pair.other).healthy} in ${whereIs(pair)}`;
  const message =
    falling === undefined
      ? `${useless} for ${where}`
      : `${harmful} when ${falling.tracker.kind} ${falling.tracker.name} fails there: it is that of ${where}`;
  const span =
    falling === undefined
      ? placeOf(above, above.instance.priority)
      : (spanOfWeight(falling.tracker) ?? falling.member.instance.span);
  const related = [{ span, message: falling === undefined ? "the higher one" : "tracked here" }];
  report(finding(kind, placeOf(member, setting), message, { related }));
}

/** What makes a node fall below a priority that it is above. */
function fallBelow(
  member: Member,
  priority: number,
): { readonly member: Member; readonly tracker: Tracker }[] {
  const [tracker] = weighedBy(member);
  const { least } = prioritiesOf(member);
  return tracker === undefined || least >= priority ? [] : [{ member, tracker }];
}
