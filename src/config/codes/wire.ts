/** vk800 to vk899: what the configuration says against what is heard on the link. */
import type { FindingKind } from "../finding.ts";

export const VERSION_HEARD: FindingKind = {
  code: "vk801",
  severity: "warning",
  title: "another VRRP version is heard",
  explains:
    "Each router discards the adverts of the other, and both become MASTER. Change all routers to one version.",
};

export const INTERVAL_HEARD: FindingKind = {
  code: "vk802",
  severity: "warning",
  title: "another interval is heard",
  explains:
    "With version 2 each router discards the adverts of the other, and both become MASTER. With version 3 a backup goes by the interval of the MASTER.",
};

export const ADDRESSES_HEARD: FindingKind = {
  code: "vk803",
  severity: "warning",
  title: "other addresses are heard",
  explains:
    "The MASTER has other addresses than the file: what it alone has, or the file alone, is not there after a takeover. Where the file is a newer one, change the backups first, then the MASTER.",
};

export const AUTHENTICATION_HEARD: FindingKind = {
  code: "vk804",
  severity: "warning",
  title: "another authentication is heard",
  explains:
    "The router of the file discards these adverts, and becomes MASTER beside whoever sends them.",
};

export const CHECKSUM_HEARD: FindingKind = {
  code: "vk805",
  severity: "warning",
  title: "another checksum is heard",
  explains:
    "Version 3 over IPv4 has its checksum with or without a pseudo header: see v3_checksum_as_v2. The router of the file discards these adverts, and becomes MASTER beside whoever sends them.",
};

export const STRANGER_HEARD: FindingKind = {
  code: "vk806",
  severity: "warning",
  title: "a router is heard that is no unicast peer",
  explains:
    "It advertises the virtual_router_id of the file, and gets no adverts from the router of the file: neither gives way to the other.",
};

export const NUMBER_IN_USE: FindingKind = {
  code: "vk807",
  severity: "warning",
  title: "the virtual_router_id is in use for other addresses",
  explains:
    "Two clusters with one number on a link disturb each other: one of them loses its MASTER, and both have one MAC address with VMACs. Take a free one: vipkit vrrp id says which.",
};

export const NOBODY_HEARD: FindingKind = {
  code: "vk808",
  severity: "warning",
  title: "no MASTER is heard",
  explains:
    "Somebody should be MASTER once a cluster runs. Either no router runs, or its adverts do not come here: another VLAN, a filter, a switch that does not pass the group on. Of unicast adverts only those to or from this host are heard. vipkit vrrp doctor looks for the reason.",
};

export const NOBODY_BELIEVED: FindingKind = {
  code: "vk809",
  severity: "warning",
  title: "adverts are heard that no router believes",
  explains:
    "They are damaged, or come from elsewhere: a TTL below 255, a wrong checksum or length. vipkit vrrp sniff says what is wrong with each.",
};

export const SEVERAL_MASTERS_HEARD: FindingKind = {
  code: "vk810",
  severity: "warning",
  title: "several MASTERs are heard",
  explains:
    "A split brain: neither hears the other, or does not believe it. The other findings may say why, and vipkit vrrp doctor on each of the two.",
};

export const ADDRESS_UNDER_OTHER_NUMBER: FindingKind = {
  code: "vk811",
  severity: "warning",
  title: "an address is advertised under another virtual_router_id",
  explains:
    "Once the router of the file is MASTER, two routers have the address. Its virtual_router_id is not that of the cluster, or another cluster has the address.",
};

export const NOTHING_ON_LINK: FindingKind = {
  code: "vk812",
  severity: "warning",
  title: "no instance of the file is on the link that is listened to",
  explains: "Nothing can be compared. -I names the interface of this host as the file does.",
};
