/** All rules for VRRP in one file. */
import {
  findLostAddresses,
  findMovingSources,
  findNoHostAddresses,
  findPeers,
  findSharedAddresses,
} from "./addresses.ts";
import type { Facts, Rule } from "./facts.ts";
import { findMissingInterfaces } from "./interfaces.ts";
import { findDroppedAddresses, findDroppedRoutes } from "./managers.ts";
import { findEndsOfNetworks } from "./network-ends.ts";
import { findTimes, findUnused } from "./scripts.ts";
import { findHalfPreemption } from "./sync-groups.ts";
import { findReversedFaults, findUselessWeights, findWeightsBesideNopreempt } from "./weights.ts";

export function checkVrrp(facts: Facts): void {
  for (const rule of RULES) rule(facts);
}

const RULES: readonly Rule[] = [
  findSharedAddresses,
  findPeers,
  findMovingSources,
  findNoHostAddresses,
  findUnused,
  findTimes,
  findUselessWeights,
  findReversedFaults,
  findWeightsBesideNopreempt,
  findMissingInterfaces,
  findLostAddresses,
  findDroppedAddresses,
  findDroppedRoutes,
  findEndsOfNetworks,
  findHalfPreemption,
];
