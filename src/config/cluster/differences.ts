/** What all members of a virtual router should have alike: who has something else, and how that is told. */
import { type InForce, spanOf } from "../effective/in-force.ts";
import { type FindingKind, finding, type Report } from "../finding.ts";
import type { Span } from "../place.ts";
import type { Member, SharedRouter } from "./members.ts";

/** What the rules of a cluster look at, one virtual router at a time. */
export type ClusterRule = (router: SharedRouter, report: Report) => void;

export interface Pair {
  readonly member: Member;
  readonly other: Member;
}

/** Those that have something else than most have, each with the first of these; of two the second one. */
export function oddOnes(router: SharedRouter, keyOf: (member: Member) => unknown): Pair[] {
  const byKey = new Map<unknown, Member[]>();
  for (const member of router) {
    const key = keyOf(member);
    byKey.set(key, [...(byKey.get(key) ?? []), member]);
  }
  const [usual] = [...byKey.values()].sort((a, b) => b.length - a.length);
  const [other] = usual ?? [];
  if (other === undefined || byKey.size < 2) return [];
  return router.flatMap((member) => (usual?.includes(member) ? [] : [{ member, other }]));
}

/** Each member after the first, with the first one before it that clashes with it, and why. */
export function clashes<Why>(
  router: SharedRouter,
  clash: (pair: Pair) => Why | null,
): (Pair & { readonly why: Why })[] {
  return router.flatMap((member, index) => {
    for (const other of router.slice(0, index)) {
      const why = clash({ member, other });
      if (why !== null) return [{ member, other, why }];
    }
    return [];
  });
}

export const nameOf = ({ instance }: Member): string => `vrrp_instance ${instance.name}`;

/** Where another member is: `a.conf`, with its name where that is another one. */
export const whereIs = ({ member, other }: Pair): string =>
  member.instance.name === other.instance.name
    ? other.node.path
    : `${other.node.path} (${nameOf(other)})`;

/** Where a setting is written, or else the name of its instance. */
export const placeOf = ({ instance }: Member, { origin }: InForce<unknown>): Span =>
  spanOf(origin) ?? instance.span;

/** Says of a setting that it is another one there. */
export function tellDifference(
  kind: FindingKind,
  pair: Pair,
  settingOf: (member: Member) => InForce<unknown>,
  textOf: (member: Member) => string,
  so: string,
  report: Report,
): void {
  const { member, other } = pair;
  const message = `${nameOf(member)} has ${textOf(member)}, but ${textOf(other)} in ${whereIs(pair)}: ${so}`;
  const related = [{ span: placeOf(other, settingOf(other)), message: `${textOf(other)} here` }];
  report(finding(kind, placeOf(member, settingOf(member)), message, { related }));
}
