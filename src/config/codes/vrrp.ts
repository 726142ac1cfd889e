/** vk300 to vk349: what VRRP instances and sync groups come to, and what keepalived changes of them. */
import type { FindingKind } from "../finding.ts";

export const NO_VRID: FindingKind = {
  code: "vk301",
  severity: "error",
  title: "an instance without a virtual_router_id",
  explains:
    "Routers know each other by it. keepalived then runs no VRRP at all, also not for others.",
};

export const NO_INTERFACE: FindingKind = {
  code: "vk302",
  severity: "error",
  title: "an instance without an interface",
  explains:
    "Adverts have to leave somewhere. keepalived then runs no VRRP at all. From 2.2.8 on a unicast instance with unicast_src_ip may do without.",
};

export const NO_ADDRESS: FindingKind = {
  code: "vk303",
  severity: "error",
  title: "an instance without an address",
  explains:
    "VRRP version 3, IPv6 and strict mode need one address to advertise: without it keepalived runs no VRRP at all. With version 2 it complains and goes on. no_virtual_ipaddress (2.2.8) says that it is meant.",
};

export const FAMILY_OF_INSTANCE: FindingKind = {
  code: "vk304",
  severity: "error",
  title: "an address of the other family",
  explains:
    "An instance is IPv4 or IPv6: the first address in its block decides, or native_ipv6. keepalived ignores the others. virtual_ipaddress_excluded takes both.",
};

export const VERSION_OF_IPV6: FindingKind = {
  code: "vk305",
  severity: "error",
  title: "VRRP version 2 over IPv6",
  explains:
    "Version 2 is of IPv4. keepalived sets 3 in strict mode, and where the version stands behind an IPv6 address; else it uses 2, which other routers do not understand.",
};

export const STATE_OF_OWNER: FindingKind = {
  code: "vk306",
  severity: "error",
  title: "state MASTER and priority 255 go together in strict mode",
  explains: "keepalived sets the state that the priority asks for.",
};

export const AUTHENTICATION_DROPPED: FindingKind = {
  code: "vk307",
  severity: "error",
  title: "authentication that is not used",
  explains:
    "Version 3 and strict mode have none, auth_hmac takes its place, AH is of IPv4, and a kind without auth_pass is none. keepalived goes on without: anybody may join, and routers that still use it disagree.",
};

export const AH_BEGINS_AS_BACKUP: FindingKind = {
  code: "vk308",
  severity: "error",
  title: "state MASTER with AH",
  explains:
    "A router with AH first has to hear the sequence number of others: keepalived sets BACKUP.",
};

export const UNICAST_WITHOUT_PEER: FindingKind = {
  code: "vk309",
  severity: "error",
  title: "unicast without a peer",
  explains:
    "Without a unicast_peer all that is said of unicast comes to nothing: keepalived multicasts. With unicast_fault_no_peer the instance stays in FAULT instead.",
};

export const FIRST_NOT_LINK_LOCAL: FindingKind = {
  code: "vk310",
  severity: "error",
  title: "the first IPv6 address is not link-local",
  explains: "RFC 9568 section 5.2.9 asks for it. In strict mode keepalived complains, and goes on.",
};

export const TOO_MANY_ADDRESSES: FindingKind = {
  code: "vk311",
  severity: "error",
  title: "more addresses than an advert holds",
  explains:
    "An advert has room for 255 addresses, and for those that fit into the MTU. keepalived treats the others as virtual_ipaddress_excluded: held, but not advertised.",
};

export const NOPREEMPT_DROPPED: FindingKind = {
  code: "vk312",
  severity: "error",
  title: "nopreempt that is not used",
  explains:
    "A router that begins as MASTER, or owns the addresses, takes over in any case: keepalived clears nopreempt. Write state BACKUP on all routers.",
};

export const PREEMPT_DELAY_DROPPED: FindingKind = {
  code: "vk313",
  severity: "error",
  title: "preempt_delay that is not used",
  explains:
    "It means nothing with state MASTER, with nopreempt and in strict mode: keepalived sets it to 0.",
};

export const STRICT_RESETS: FindingKind = {
  code: "vk314",
  severity: "error",
  title: "a setting that strict mode takes back",
  explains: "The RFC knows no such thing. keepalived reports it and goes on without.",
};

export const STRICT_IGNORES_GLOBAL: FindingKind = {
  code: "vk315",
  severity: "warning",
  title: "a global setting that strict mode takes back",
  explains:
    "keepalived says a word of it only where the instance has the setting itself, not where it is inherited.",
};

export const ADVERT_INT_MOVED: FindingKind = {
  code: "vk316",
  severity: "error",
  title: "an interval that adverts cannot tell",
  explains:
    "Version 2 has whole seconds up to 255, version 3 hundredths up to 40.95 seconds. keepalived takes the nearest.",
};

export const VMAC_CHANGED: FindingKind = {
  code: "vk317",
  severity: "error",
  title: "an option of a VMAC that is changed",
  explains:
    "Some go without saying, some exclude each other, some need use_vmac. keepalived reports what it sets.",
};

export const IPVLAN_WITHOUT_ADDRESS: FindingKind = {
  code: "vk318",
  severity: "error",
  title: "an ipvlan without an address",
  explains: "Over IPv4 it needs one of its own. The instance stays in FAULT.",
};

export const GROUP_OF_UNICAST: FindingKind = {
  code: "vk319",
  severity: "error",
  title: "a multicast group of a unicast instance",
  explains: "Its adverts go to the peers alone. keepalived ignores mcast_dst_ip.",
};

export const DUPLICATE_VRID: FindingKind = {
  code: "vk320",
  severity: "error",
  title: "two instances that are one router on the wire",
  explains:
    "On one interface a virtual_router_id belongs to one instance of each family, unless their multicast groups or their peers differ. keepalived then runs no VRRP at all.",
};

export const DUPLICATE_NAME: FindingKind = {
  code: "vk321",
  severity: "error",
  title: "a name that is taken",
  explains: "keepalived skips the second block.",
};

export const NO_SUCH_INSTANCE: FindingKind = {
  code: "vk322",
  severity: "error",
  title: "a member that there is not",
  explains: "keepalived ignores it, and the group without members.",
};

export const SMALL_GROUP: FindingKind = {
  code: "vk323",
  severity: "error",
  title: "a sync group with less than two members",
  explains: "There is nothing that it could keep in step. keepalived removes an empty one.",
};

export const IN_TWO_GROUPS: FindingKind = {
  code: "vk324",
  severity: "error",
  title: "a member of a second group",
  explains: "An instance belongs to one sync group, once. keepalived ignores the second.",
};

export const GROUP_BEGINS_AS_BACKUP: FindingKind = {
  code: "vk325",
  severity: "note",
  title: "state MASTER that a sync group takes back",
  explains:
    "A group begins as MASTER only where all its members own their addresses. Else keepalived sets BACKUP for all of them, without a word: the MASTER comes of the election, a moment later.",
};

export const CONTRADICTION: FindingKind = {
  code: "vk326",
  severity: "warning",
  title: "a setting and its contrary",
  explains: "keepalived takes the last of the two without a word.",
};

export const SHARED_ADDRESS: FindingKind = {
  code: "vk327",
  severity: "warning",
  title: "an address that is written twice",
  explains:
    "Within an instance it fills adverts; of two instances the one that leaves MASTER takes it away from the other. keepalived says nothing.",
};

export const PEER_IS_OURSELVES: FindingKind = {
  code: "vk328",
  severity: "warning",
  title: "a peer that is no other router",
  explains:
    "The list names other routers, each once. keepalived sends adverts to itself, or twice.",
};

export const NO_SOURCE_TO_TRACK: FindingKind = {
  code: "vk329",
  severity: "warning",
  title: "an address to watch that is not written",
  explains:
    "track_src_ip watches the address of unicast_src_ip or mcast_src_ip: without one it is ignored.",
};

export const FAULT_WITHOUT_PEER: FindingKind = {
  code: "vk330",
  severity: "warning",
  title: "an instance that waits for a peer",
  explains:
    "With unicast_fault_no_peer and no unicast_peer the instance stays in FAULT, without a word.",
};

export const NO_SUCH_TRACK_GROUP: FindingKind = {
  code: "vk331",
  severity: "error",
  title: "a track_group that there is not",
  explains:
    "keepalived knows the groups above the entry alone. It reports the name, and watches the entry for no instance.",
};

export const NO_SUCH_MEMBER: FindingKind = {
  code: "vk332",
  severity: "warning",
  title: "a member of a track_group that there is not",
  explains: "keepalived says nothing, and no instance is in FAULT for it.",
};

export const END_OF_NETWORK: FindingKind = {
  code: "vk333",
  severity: "warning",
  title: "the network or broadcast address as a virtual one",
  explains:
    "The first address of a network names it, and the last one is that of all its hosts: neighbours do not send there as to a host. keepalived says nothing.",
};

export const NOPREEMPT_OF_ONE_MEMBER: FindingKind = {
  code: "vk334",
  severity: "warning",
  title: "nopreempt on some members of a sync group",
  explains:
    "A group becomes MASTER as a whole: one member that leaves a MASTER of lower priority alone keeps all the others from taking over too.",
};

export const HMAC_DROPPED: FindingKind = {
  code: "vk335",
  severity: "error",
  title: "signatures that nothing can be signed by",
  explains:
    "active_key has to be the number of a key of the block. keepalived switches auth_hmac off: adverts go out without signatures, and nodes that ask for them discard them.",
};

export const HMAC_NOT_ENFORCED: FindingKind = {
  code: "vk336",
  severity: "error",
  title: "signatures that strict mode enforces",
  explains:
    "In strict mode an advert without a signature does not count where there is auth_hmac: keepalived sets mode enforce. Take strict mode off while keys are introduced.",
};

export const NO_MAIL: FindingKind = {
  code: "vk337",
  severity: "warning",
  title: "mails that nobody gets",
  explains:
    "keepalived sends mails where global_defs has both, smtp_server and notification_email. Without one of them it sends none, and says nothing.",
};
