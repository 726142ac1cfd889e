/** vk600 to vk699: what the configuration says against the host that it is for. */
import type { FindingKind } from "../finding.ts";

export const NO_SUCH_INTERFACE: FindingKind = {
  code: "vk601",
  severity: "error",
  title: "an interface that the host has not",
  explains:
    "keepalived does not start then. dynamic_interfaces in global_defs lets it wait for the interface.",
};

export const OUTSIDE_SUBNETS: FindingKind = {
  code: "vk602",
  severity: "warning",
  title: "an address outside all networks of its interface",
  explains:
    "The host has no address in its network there, and the address has no network of its own: neighbours do not look for it on this link, unless a route says so.",
};

export const NO_MULTICAST: FindingKind = {
  code: "vk603",
  severity: "error",
  title: "an interface that cannot multicast",
  explains:
    "Adverts to a group do not leave there: keepalived disables the instance. Name unicast peers.",
};

export const PEER_IS_HOST: FindingKind = {
  code: "vk604",
  severity: "warning",
  title: "a peer that is this host",
  explains: "unicast_peer names the other routers. keepalived sends adverts to itself.",
};

export const ADDRESS_TAKER: FindingKind = {
  code: "vk605",
  severity: "warning",
  title: "a program that takes virtual addresses away",
  explains:
    "It runs on this host and removes addresses that it did not set, when it starts anew or a lease changes. The addresses are then gone until keepalived notices, and go to another node and back. Told of each interface once.",
};
