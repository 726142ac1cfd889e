/** vk700 to vk799: where the files of one cluster contradict each other. */
import type { FindingKind } from "../finding.ts";

const TWO_MASTERS = "Each node discards the adverts of the other, and both become MASTER.";

export const VERSIONS_DIFFER: FindingKind = {
  code: "vk701",
  severity: "error",
  title: "another VRRP version on another node",
  explains: `${TWO_MASTERS} All routers of a virtual_router_id have one version.`,
};

export const VRIDS_DIFFER: FindingKind = {
  code: "vk702",
  severity: "error",
  title: "another virtual_router_id on another node",
  explains:
    "By name or addresses the instances are one virtual router, and by their numbers they are two: none hears the other, and both become MASTER of the same addresses.",
};

export const INTERVALS_DIFFER: FindingKind = {
  code: "vk703",
  severity: "warning",
  title: "another advert_int on another node",
  explains:
    "With version 3 a backup goes by the interval of the MASTER, so that the time until a failure is noticed changes with the node that has the addresses. With version 2 it is an error, vk721.",
};

export const V2_INTERVALS_DIFFER: FindingKind = {
  code: "vk721",
  severity: "error",
  title: "another advert_int of VRRP version 2 on another node",
  explains: `${TWO_MASTERS} With version 2 all routers of a virtual_router_id have one advert_int.`,
};

export const ADDRESSES_DIFFER: FindingKind = {
  code: "vk704",
  severity: "warning",
  title: "other addresses on another node",
  explains:
    "What one node alone has is not there while another one is MASTER. keepalived counts and logs such adverts; other implementations discard them, and both become MASTER. Where addresses are added node by node, change the backups first.",
};

export const EXCLUDED_DIFFER: FindingKind = {
  code: "vk705",
  severity: "warning",
  title: "other virtual_ipaddress_excluded on another node",
  explains:
    "They are not advertised, so that no node notices: what one node alone has is not there while another one is MASTER.",
};

export const LENGTHS_DIFFER: FindingKind = {
  code: "vk722",
  severity: "warning",
  title: "another prefix length of an address on another node",
  explains:
    "It says which network is on the link: who is MASTER then reaches other neighbours directly, or sends to them by a gateway. Adverts do not have it, so that no node notices.",
};

export const AUTHENTICATION_DIFFERS: FindingKind = {
  code: "vk706",
  severity: "error",
  title: "another authentication on another node",
  explains: `${TWO_MASTERS} Kind and password are the same on all nodes.`,
};

export const HMAC_DIFFERS: FindingKind = {
  code: "vk707",
  severity: "error",
  title: "adverts that another node cannot verify",
  explains:
    "Where one node signs, each other one needs the key of that number, or discards the adverts and becomes MASTER beside it. To change keys: add the new one on all nodes, then change active_key, then remove the old one. mode receive-only and permissive are for the way there.",
};

export const GROUPS_DIFFER: FindingKind = {
  code: "vk708",
  severity: "error",
  title: "another multicast group on another node",
  explains: "None hears the other, and both become MASTER.",
};

export const TRANSPORTS_DIFFER: FindingKind = {
  code: "vk709",
  severity: "error",
  title: "unicast on one node, multicast on another",
  explains: `${TWO_MASTERS} Either all nodes name their peers, or none does.`,
};

export const PEERS_DO_NOT_NAME: FindingKind = {
  code: "vk710",
  severity: "error",
  title: "a node that another one does not name as its peer",
  explains:
    "It gets no adverts from there: it becomes MASTER beside the other. Each node names the addresses of all others in unicast_peer.",
};

export const CHECKSUMS_DIFFER: FindingKind = {
  code: "vk711",
  severity: "warning",
  title: "another checksum on another node",
  explains: `${TWO_MASTERS} v3_checksum_as_v2 is the same on all nodes.`,
};

export const PRIORITIES_EQUAL: FindingKind = {
  code: "vk712",
  severity: "warning",
  title: "the same priority on two nodes",
  explains:
    "Of two that begin at once the one with the higher address becomes MASTER, and it stays with whoever has it. Give each node its own priority, so that the files say who it is.",
};

export const MASTER_TWICE: FindingKind = {
  code: "vk713",
  severity: "warning",
  title: "state MASTER on two nodes",
  explains:
    "A node with state MASTER bids for the addresses as soon as it starts. Of two that start at once both have them for a moment. One node has state MASTER, or none.",
};

export const NOBODY_PREEMPTS: FindingKind = {
  code: "vk714",
  severity: "note",
  title: "nopreempt on all nodes",
  explains:
    "Whoever is MASTER stays it until it fails, whatever the priorities are: they decide at the start alone, and a lower priority moves nothing. That is how one says that addresses never go back by themselves.",
};

export const NOPREEMPT_ON_WRONG_NODE: FindingKind = {
  code: "vk715",
  severity: "warning",
  title: "nopreempt on a node of lower priority",
  explains:
    "nopreempt leaves a MASTER of lower priority alone, and belongs on the node of the highest priority, which otherwise takes its addresses back. On another node it keeps that one from taking over where a check lowers the priority of the first.",
};

export const WEIGHT_MOVES_NOTHING: FindingKind = {
  code: "vk716",
  severity: "warning",
  title: "weights that never change who is MASTER",
  explains:
    "Whatever fails, the priorities of the nodes stay in their order. The change has to be larger than the difference of the priorities; without a weight a failure is a FAULT, and the addresses move.",
};

export const ROLES_CHANGE_FOR_NOTHING: FindingKind = {
  code: "vk723",
  severity: "note",
  title: "a failure of a script on both nodes that moves the addresses",
  explains:
    "A script that two nodes both run may fail on both, as where a service behind them is down. With the same weight on both they stay in their order then; with these the addresses move although no node is better, and move back when it recovers.",
};

export const ON_ONE_NODE: FindingKind = {
  code: "vk717",
  severity: "warning",
  title: "an instance that another node has not",
  explains: "Nobody there takes its addresses over.",
};

export const NOTHING_SHARED: FindingKind = {
  code: "vk718",
  severity: "note",
  title: "a file without a virtual router in common with the others",
  explains:
    "Several files are looked at as the nodes of one cluster. This one has no virtual_router_id, address or name of an instance in common with any other, and is judged alone.",
};

export const SYNC_GROUPS_DIFFER: FindingKind = {
  code: "vk719",
  severity: "warning",
  title: "another vrrp_sync_group on another node",
  explains:
    "Members of a group move together. A node that groups otherwise gives up or takes addresses that the other one leaves where they are, and packets go one way and come back another.",
};

export const PREEMPT_DELAY_ON_WRONG_NODE: FindingKind = {
  code: "vk720",
  severity: "warning",
  title: "preempt_delay on the node of the lowest priority",
  explains:
    "It is the time before a node takes over from a MASTER of lower priority, and belongs on a node of higher priority. On another one it does nothing, but for a check that lowers the priority of the MASTER: then it puts the takeover off.",
};
