/** Sync groups: what moves together on one node moves together on all. */
import { SYNC_GROUPS_DIFFER } from "../codes/cluster.ts";
import { spanOf } from "../effective/in-force.ts";
import type { EffectiveGroup } from "../effective/sync-group.ts";
import { finding, type Report } from "../finding.ts";
import { nameOf, whereIs } from "./differences.ts";
import type { ClusterNode, Member, SharedRouter } from "./members.ts";

/** Each node against the first. */
export function compareSyncGroups(
  nodes: readonly ClusterNode[],
  routers: readonly SharedRouter[],
  report: Report,
): void {
  const [first, ...others] = nodes;
  if (first === undefined) return;
  for (const other of others) {
    compareGroupsOf(other, first, routers, report);
    compareGroupsOf(first, other, routers, report);
  }
}

interface Shared {
  readonly member: Member;
  readonly other: Member;
}

/** Tells what a group of a node has that no group of the other one has with it. */
function compareGroupsOf(
  node: ClusterNode,
  other: ClusterNode,
  routers: readonly SharedRouter[],
  report: Report,
): void {
  const shared = routers.flatMap((router): Shared[] => {
    const [ours, theirs] = [node, other].map((one) => router.find((member) => member.node === one));
    return ours === undefined || theirs === undefined ? [] : [{ member: ours, other: theirs }];
  });
  for (const group of node.vrrp.groups) {
    const inside = shared.filter(({ member }) => member.instance.group === group.name);
    const counterpart = likest(inside);
    if (inside.length < 2 && counterpart === null) continue;
    const strangers = inside.filter((pair) => pair.other.instance.group !== counterpart);
    for (const pair of counterpart === null ? inside.slice(0, 1) : strangers) {
      const { name } = group;
      const there = other.vrrp.groups.find((one) => one.name === counterpart);
      const message =
        there === undefined
          ? `vrrp_sync_group ${name} has ${inside.length} members that are in no group in ${other.path}`
          : `${nameOf(pair.member)} is in vrrp_sync_group ${name}, and not in ${there.name === name ? "that" : there.name} of ${whereIs(pair)}`;
      const related = [{ span: there?.span ?? pair.other.instance.span, message: "without it" }];
      report(finding(SYNC_GROUPS_DIFFER, placeIn(group, pair.member), message, { related }));
    }
  }
}

/** The group of the other node that has most of them; null: none has any. */
function likest(inside: readonly Shared[]): string | null {
  const counts = new Map<string, number>();
  for (const { other } of inside) {
    const { group } = other.instance;
    if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function placeIn(group: EffectiveGroup, { instance }: Member): EffectiveGroup["span"] {
  const named = group.members.find(({ value }) => value === instance.name);
  return (named && spanOf(named.origin)) ?? group.span;
}
