/** Which nodes have a virtual router at all. */
import { NOTHING_SHARED, ON_ONE_NODE } from "../codes/cluster.ts";
import { finding, type Report } from "../finding.ts";
import { nameOf } from "./differences.ts";
import type { ClusterNode, SharedRouter } from "./members.ts";

export function findMissing(
  nodes: readonly ClusterNode[],
  routers: readonly SharedRouter[],
  report: Report,
): void {
  const related = new Set(
    routers.flatMap((router) => (router.length > 1 ? router.map(({ node }) => node) : [])),
  );
  for (const router of routers) {
    const [member] = router;
    if (member === undefined || !related.has(member.node)) continue;
    for (const node of related) {
      const [first] = node.vrrp.instances;
      if (first === undefined || router.some((one) => one.node === node)) continue;
      const message = `${nameOf(member)} has nothing like it in ${node.path}`;
      const there = [{ span: first.span, message: "the first instance there" }];
      report(finding(ON_ONE_NODE, member.instance.span, message, { related: there }));
    }
  }
  for (const node of nodes) {
    const [first] = node.vrrp.instances;
    if (first === undefined || related.has(node)) continue;
    const others = nodes.flatMap((one) => (one === node ? [] : (one.vrrp.instances[0] ?? [])));
    if (others.length === 0) continue;
    const message = `${node.path} has no virtual router in common with the other files`;
    const elsewhere = others.slice(0, 1).map(({ span }) => ({ span, message: "one of another" }));
    report(finding(NOTHING_SHARED, first.span, message, { related: elsewhere }));
  }
}
