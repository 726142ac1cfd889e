/** The files of a cluster in tests: `a.conf`, `b.conf` and so on, and what is found between them. */
import { checkCluster } from "../../src/config/cluster/cluster.ts";
import type { ClusterNode } from "../../src/config/cluster/members.ts";
import type { Finding } from "../../src/config/finding.ts";
import type { Host } from "../../src/config/host.ts";
import { formatPlace } from "../../src/config/place.ts";
import { effective } from "./effective.ts";

/** @param texts as `effective` takes them @param hosts of the nodes, where they are known */
export const nodesOf = (
  texts: readonly string[],
  hosts: readonly Host[] = [],
): readonly ClusterNode[] =>
  texts.map((text, index) => {
    const path = `${"abcdefgh"[index]}.conf`;
    const host = hosts[index] ?? null;
    return { path, host, vrrp: effective(text, host, path).vrrp };
  });

/** A line for each finding: `b.conf:2:1 vk701 what it is (a.conf:2:1 what is there)`. */
export function clustered(texts: readonly string[], hosts: readonly Host[] = []): string[] {
  const findings: Finding[] = [];
  checkCluster(nodesOf(texts, hosts), (one) => findings.push(one));
  return findings.map(({ kind, span, message, related }) => {
    const there = related.map((one) => `${formatPlace(one.span.place)} ${one.message}`).join(", ");
    return `${formatPlace(span.place)} ${kind.code} ${message} (${there})`;
  });
}
