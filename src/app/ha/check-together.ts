/** What is found between files that are one cluster, and between them and a link. */
import { checkCluster } from "../../config/cluster/cluster.ts";
import type { ClusterNode } from "../../config/cluster/members.ts";
import type { Finding } from "../../config/finding.ts";
import type { Host } from "../../config/host.ts";
import { comparePlaces, type SourceFile, type Span } from "../../config/place.ts";
import type { HeardLink } from "../../config/wire/heard.ts";
import { checkWire } from "../../config/wire/wire.ts";
import type { CheckedConfiguration } from "./check-configuration.ts";

export interface CheckedNode extends CheckedConfiguration {
  readonly called?: string; // where one file is that of several nodes
}

/**
 * @param host of several files it is not known whose it is
 * @param link null: nobody listened
 * @returns the files with these findings too, each in the file that it stands in
 */
export function checkTogether<C extends CheckedNode>(
  checked: readonly C[],
  host: Host | null,
  link: HeardLink | null,
): readonly C[] {
  if (checked.length < 2 && link === null) return checked;
  const own = checked.length === 1 ? host : null;
  const nodes = checked.map(
    ({ files, vrrp, called = files[0]?.path ?? "" }): ClusterNode => ({
      path: called,
      vrrp,
      host: own,
    }),
  );
  const found: Finding[] = [];
  checkCluster(nodes, (one) => found.push(one));
  if (link !== null) for (const node of nodes) checkWire(node, link, (one) => found.push(one));
  return checked.map((one) => {
    const between = found.filter(({ span }) => mainFileOf(span) === one.files[0]);
    const findings = [...one.findings, ...between];
    return { ...one, findings: findings.sort((a, b) => comparePlaces(a.span.place, b.span.place)) };
  });
}

/** The file that names, over includes, the one in which something stands. */
function mainFileOf({ place }: Span): SourceFile {
  let { file } = place;
  while (file.includedFrom !== null) ({ file } = file.includedFrom);
  return file;
}
