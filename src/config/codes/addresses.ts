/** vk350 to vk399: addresses that are likely not meant, though keepalived takes them. */
import type { FindingKind } from "../finding.ts";

export const NO_HOST_ADDRESS: FindingKind = {
  code: "vk350",
  severity: "warning",
  title: "a virtual address that no host can serve",
  explains:
    "Neighbours send nothing for it to one host: loopback stays inside each, a multicast group and the broadcast are of many, 0.0.0.0 and :: of none. keepalived says nothing.",
};

export const SOURCE_MOVES: FindingKind = {
  code: "vk351",
  severity: "warning",
  title: "adverts that come from a virtual address",
  explains:
    "Only the MASTER has the address. A BACKUP that takes over cannot send from it before it has it, and with unicast the peers expect adverts from the address of a node. keepalived says nothing.",
};
