/** All rules for the files of one cluster. */
import type { Report } from "../finding.ts";
import { compareAddresses, compareLengths } from "./addresses.ts";
import {
  compareChecksums,
  compareIntervals,
  compareMulticastGroups,
  compareNumbers,
  compareTransports,
  compareVersions,
} from "./adverts.ts";
import { compareKeys, comparePasswords } from "./authentication.ts";
import type { ClusterRule } from "./differences.ts";
import {
  findEqualPriorities,
  findNopreempt,
  findPreemptDelays,
  findTwoMasters,
} from "./election.ts";
import { type ClusterNode, routersOf } from "./members.ts";
import { comparePeers } from "./peers.ts";
import { findMissing } from "./presence.ts";
import { findSharedFailures } from "./shared-failures.ts";
import { compareSyncGroups } from "./sync-groups.ts";
import { findPowerlessWeights } from "./weights.ts";

/** @param nodes in the order of their files; one alone contradicts nobody */
export function checkCluster(nodes: readonly ClusterNode[], report: Report): void {
  if (nodes.length < 2) return;
  const routers = routersOf(nodes);
  findMissing(nodes, routers, report);
  for (const router of routers) {
    if (router.length < 2) continue;
    for (const rule of RULES) rule(router, report);
  }
  compareSyncGroups(nodes, routers, report);
}

const RULES: readonly ClusterRule[] = [
  compareNumbers,
  compareVersions,
  compareIntervals,
  compareTransports,
  compareMulticastGroups,
  comparePeers,
  comparePasswords,
  compareKeys,
  compareChecksums,
  compareAddresses,
  compareLengths,
  findEqualPriorities,
  findTwoMasters,
  findNopreempt,
  findPreemptDelays,
  findPowerlessWeights,
  findSharedFailures,
];
