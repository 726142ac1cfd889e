/** What the man page of `vrrp doctor` has beyond its help. */

export const doctorManual = {
  CHECKS: [
    "link, multicast, address: the interface is up, with a carrier, no port of a bridge or bond, has the flag MULTICAST, and an address that adverts can leave from: for IPv6 a link-local one that is no duplicate.",
    "membership, snooping: who here had joined 224.0.0.18 or ff02::12 before, and whether joining works. It listens for three tenths of the time without the group and then joined: adverts that come only after it joined show a switch or a card that goes by memberships; those that stop, a switch that snoops wrongly. IGMP and MLD queries are counted, and of a bridge of this host it is told whether it snoops without a querier.",
    "master: nobody, one, or several for each VRID. A master whose interval is longer than the time to listen is not heard: --for. Where nothing at all is heard, no --vrid was asked for and no program here has a socket of protocol 112, that nobody is master is a warning and no failure: routers that speak by unicast are heard by their peers alone.",
    "firewall: adverts at the interface are counted beside those on the protocol's own socket, behind the firewall. Where rp_filter explains the loss it is named; else there is a line for each chain of nf_tables that a packet for this host passes, for iptables and firewalld in their own words. Where this host has a virtual address and a router runs on it, but no advert leaves, there is a line for each chain that looks at what goes out (output, postrouting, egress). To read the chains takes CAP_NET_ADMIN; without it one line of each program is printed.",
    "agreement: whether all senders of one VRID say the same; where they do not, vrid, addresses, version, interval, authentication, signature or checksum tells what differs. Two senders that share no address are two groups with one VRID; one address under two VRIDs is a wrong VRID, also with --vrid. The checksum of version 3 over IPv4 covers the message alone (RFC 9568) or a pseudo-header too, as keepalived and FRR send it.",
    "adverts, ttl, loop: adverts that nobody believes, and our own that come back, or that somebody else sends from our address.",
    "sysctl: settings that do harm as the host stands, as values that take effect: of rp_filter, arp_ignore and arp_announce the greater of all and the interface. With -v all of them.",
    "holder: who answers ARP or neighbour solicitations for each virtual address, at most 32 of them: the master, its virtual MAC address, somebody else, several, nobody. Where somebody else answers, the likeliest reason comes first; to take the address away is advised last, and never of a host whose own router may be master.",
    "manager: where this host advertises, programs that are known to take addresses away.",
  ],
  "THE OTHER END": [
    "With --peer ADDR the interface sends 10 probes by multicast and 10 by unicast, one each 50 ms, to the host ADDR, on which vipkit vrrp doctor --respond runs. They travel as adverts do: IP protocol 112, the same group, TTL 255. No router takes them for adverts, for their VRID is 0 and their type is 15; keepalived logs them only with log_unknown_vrids. Each is answered at most once, with a message of its own length, half of them by the other way than they came. What each end has received it tells in its own messages, so that the matrix shows both directions although one may be dead; unknown is where nothing came back.",
    "--respond answers only who is on the same LAN (TTL 255) and names an address of the interface, at most 80 in a second, half of them by multicast. It prints who asked and how it went, as seen from here; it ends after --for, or with SIGINT.",
  ],
  "OUTPUT OF -j": [
    "interface, vrid (null for all), listened_ms, findings, and matrix (null without --peer). A finding has check, family (4, 6, or null where it is of the host or seen names the virtual router), verdict (ok, fail, warn, skip), seen, and fix, a list of lines; those that begin with # are advice and no commands. The matrix has peer, multicast and unicast, each of these us_to_peer and peer_to_us, each with sent, received (on the protocol's socket) and at_interface, null where it cannot be known.",
    'With --respond one line for each who asked: {"type":"asked","interface":...,"matrix":...}.',
  ],
} as const;
