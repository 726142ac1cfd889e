/** All rules for virtual servers in one file. */
import { findCheckTimes, findPages, findPortlessChecks } from "./checks.ts";
import type { AllFacts } from "./facts.ts";
import { findLoops, findLostQuorums, findSorryServers } from "./quorum.ts";
import {
  findFamiliesOfGroups,
  findThresholds,
  findUnchecked,
  findUnusedGroups,
  findUnusedWeights,
} from "./real-servers.ts";
import { findGuessedFamilies, findUnheldAddresses } from "./service-addresses.ts";

export function checkLvs(facts: AllFacts): void {
  for (const rule of RULES) rule(facts);
}

const RULES: readonly ((facts: AllFacts) => void)[] = [
  findUnchecked,
  findThresholds,
  findUnusedWeights,
  findFamiliesOfGroups,
  findUnusedGroups,
  findLostQuorums,
  findSorryServers,
  findLoops,
  findPortlessChecks,
  findPages,
  findCheckTimes,
  findUnheldAddresses,
  findGuessedFamilies,
];
