/** vk500 to vk539: virtual servers, real servers and their checks, and what keepalived changes of them. */
import type { FindingKind } from "../finding.ts";

export const RANGE_DROPPED: FindingKind = {
  code: "vk501",
  severity: "warning",
  title: "a range where one address belongs",
  explains:
    "keepalived takes the first address and drops the rest without a word. Ranges belong into a virtual_server_group.",
};

export const BAD_RANGE: FindingKind = {
  code: "vk502",
  severity: "error",
  title: "not a range of addresses",
  explains:
    "A range goes up, A.B.C.D-E or from address to address of one family, or is a network A.B.C.0/24. keepalived skips the entry.",
};

export const HOST_BITS: FindingKind = {
  code: "vk503",
  severity: "error",
  title: "a network with host bits",
  explains:
    "A range that is written as a network begins with the address of the network. keepalived skips the entry.",
};

export const BAD_TUNNEL: FindingKind = {
  code: "vk504",
  severity: "error",
  title: "options that this tunnel does not have",
  explains:
    "gue needs a port and is the only one with it; ipip has no checksum, gre no remote checksum. keepalived ignores the line.",
};

export const BAD_NETMASK: FindingKind = {
  code: "vk505",
  severity: "warning",
  title: "a mask with gaps",
  explains:
    "keepalived takes it without a word. IPVS then keeps clients together that have nothing in common.",
};

export const BAD_STATUS_CODE: FindingKind = {
  code: "vk506",
  severity: "error",
  title: "not a status code of HTTP",
  explains:
    "Codes are 100 to 599, one or a range, with blanks between them. keepalived ignores those that are not.",
};

export const BAD_DIGEST: FindingKind = {
  code: "vk507",
  severity: "error",
  title: "not an MD5 digest",
  explains: "A digest has 32 hex digits, as genhash prints it. keepalived ignores the line.",
};

export const BAD_HEX: FindingKind = {
  code: "vk508",
  severity: "error",
  title: "not hex digits",
  explains:
    "Bytes are pairs of hex digits, blanks between them are free. In an answer x stands for any digit. keepalived ignores the line.",
};

export const UNKNOWN_REGEX_OPTION: FindingKind = {
  code: "vk509",
  severity: "warning",
  title: "an option that regular expressions do not have",
  explains: "keepalived leaves it out, and `keepalived -t` may say nothing of it.",
};

export const EMPTY_LABEL: FindingKind = {
  code: "vk510",
  severity: "error",
  title: "a DNS name with an empty label",
  explains: "Two dots in a row make no name. keepalived ignores the line and asks for the root.",
};

export const NO_SCHEDULER: FindingKind = {
  code: "vk511",
  severity: "error",
  title: "a virtual server without a scheduler",
  explains: "keepalived complains and takes wlc.",
};

export const NO_METHOD: FindingKind = {
  code: "vk512",
  severity: "error",
  title: "a virtual server without a forwarding method",
  explains: "Some of its servers have none of their own. keepalived complains and takes NAT.",
};

export const NO_PROTOCOL: FindingKind = {
  code: "vk513",
  severity: "error",
  title: "a virtual server without a protocol",
  explains: "keepalived complains and takes UDP, which is seldom meant.",
};

export const PROTOCOL_OF_MARK: FindingKind = {
  code: "vk514",
  severity: "error",
  title: "a protocol of a firewall mark",
  explains: "A mark counts for whatever packets have it. keepalived drops the protocol.",
};

export const NO_REAL_SERVER: FindingKind = {
  code: "vk515",
  severity: "error",
  title: "a virtual server without a real server",
  explains: "keepalived ignores the block, also where it has a sorry_server.",
};

export const DUPLICATE_REAL_SERVER: FindingKind = {
  code: "vk516",
  severity: "error",
  title: "a real server that is there twice",
  explains: "keepalived removes the second one with its checks.",
};

export const QUORUM_LOWERED: FindingKind = {
  code: "vk517",
  severity: "error",
  title: "a quorum above the weight of all real servers",
  explains: "It could never be met. keepalived lowers it to the sum of the weights.",
};

export const HYSTERESIS_LOWERED: FindingKind = {
  code: "vk518",
  severity: "error",
  title: "a hysteresis that is not below the quorum",
  explains: "The quorum could never be lost. keepalived sets it to one below the quorum.",
};

export const PORTS_DIFFER: FindingKind = {
  code: "vk519",
  severity: "error",
  title: "a port that is not that of the virtual server",
  explains:
    "With DR and TUN packets arrive as they were sent: IPVS cannot change their port, NAT can. keepalived takes the port of the virtual server; for a group it complains and IPVS ignores the port.",
};

export const PORT_OF_MARK: FindingKind = {
  code: "vk520",
  severity: "error",
  title: "a port behind a firewall mark",
  explains: "With DR and TUN packets keep the port that they were sent to. keepalived drops it.",
};

export const OTHER_FAMILY: FindingKind = {
  code: "vk521",
  severity: "error",
  title: "a server of the other address family",
  explains:
    "Only tunnels lead from IPv4 to IPv6 and back. keepalived leaves the server out. It looks at what is written above: lvs_method belongs in front of the servers.",
};

export const OPS_DROPPED: FindingKind = {
  code: "vk522",
  severity: "error",
  title: "ops without UDP",
  explains: "Packets can be spread one by one of UDP alone. keepalived drops the flag.",
};

export const PERSISTENCE_SET: FindingKind = {
  code: "vk523",
  severity: "error",
  title: "a virtual server for every port without persistence",
  explains:
    "A client has to get the same server on all ports: keepalived sets persistence_timeout 360.",
};

export const FLAG_OF_SCHEDULER: FindingKind = {
  code: "vk524",
  severity: "error",
  title: "a flag that this scheduler does not have",
  explains:
    "It is of sh or mh, which has to be set above it. keepalived ignores the line. flag-1 to flag-3 may be set for any scheduler.",
};

export const FAMILY_OF_SERVICE: FindingKind = {
  code: "vk525",
  severity: "error",
  title: "an ip_family that cannot be",
  explains:
    "The address of the virtual server has a family, and for a firewall mark that of a server above it counts. keepalived ignores the line.",
};

export const HA_SUSPEND_DROPPED: FindingKind = {
  code: "vk526",
  severity: "error",
  title: "ha_suspend of a firewall mark",
  explains: "A mark has no address that could be away. keepalived drops the keyword.",
};

export const SORRY_TOO_EARLY: FindingKind = {
  code: "vk527",
  severity: "error",
  title: "a word on the sorry server in front of it",
  explains: "keepalived ignores the line: it belongs behind sorry_server.",
};

export const SORRY_INHIBIT: FindingKind = {
  code: "vk528",
  severity: "error",
  title: "a sorry server that is a real server with another inhibit_on_failure",
  explains:
    "One server in IPVS is either kept or removed. keepalived takes what the real server says.",
};

export const BIND_FAMILY: FindingKind = {
  code: "vk529",
  severity: "error",
  title: "a source address of the other family",
  explains: "keepalived ignores bindto. It looks at a connect_ip above it alone.",
};

export const NO_BIND_INTERFACE: FindingKind = {
  code: "vk530",
  severity: "error",
  title: "a link-local address without bind_if",
  explains:
    "Such an address is on each link: a check has to know which. keepalived drops the check.",
};

export const REPLY_TOO_LONG: FindingKind = {
  code: "vk531",
  severity: "error",
  title: "an answer that cannot be",
  explains: "The shortest answer is longer than the longest. The check always fails.",
};

export const GRANULARITY_FAMILY: FindingKind = {
  code: "vk532",
  severity: "error",
  title: "a netmask for IPv6",
  explains: "persistence_granularity of IPv6 is a number of bits. keepalived ignores the line.",
};

export const GROUP_OF_ALL_KINDS: FindingKind = {
  code: "vk533",
  severity: "error",
  title: "a group of IPv4, IPv6 and a mark of neither",
  explains: "keepalived removes the group.",
};

export const DUPLICATE_GROUP: FindingKind = {
  code: "vk534",
  severity: "warning",
  title: "a second virtual_server_group of one name",
  explains: "keepalived says nothing, and uses the first.",
};

export const NO_SUCH_GROUP: FindingKind = {
  code: "vk535",
  severity: "warning",
  title: "a virtual_server_group that there is not",
  explains: "keepalived ignores the virtual server when it starts; `keepalived -t` says nothing.",
};

export const DUPLICATE_SERVICE: FindingKind = {
  code: "vk536",
  severity: "warning",
  title: "a virtual server that is there twice",
  explains:
    "IPVS has one service of an address, port and protocol: what the second block says gets mixed with the first. keepalived says nothing.",
};

export const BITS_OF_IPV4: FindingKind = {
  code: "vk537",
  severity: "warning",
  title: "a number of bits for IPv4",
  explains: "persistence_granularity of IPv4 is a netmask. keepalived says nothing.",
};
