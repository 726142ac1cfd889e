/** What the man page of `ha check` tells beside its help. */
export const checkManual: Readonly<Record<string, readonly string[]>> = {
  "THE HOST": [
    "Some mistakes can be seen by the host alone that the file is for: more addresses than fit into an advert of its MTU, an interface without multicast, a program that keepalived would not run, and which part of its path is to blame. They are judged where the host is known: without FILE, and with --as-host . by this host; with --as-host FILE by a description of the interfaces of another one, so that a file can be checked before it is there. Of any other FILE nothing is said that depends on a host.",
    "A description is a map: interfaces: {eth0: {mtu: 1500, multicast: true, addresses: [192.0.2.2/24]}}. What is left out is an MTU of 1500, multicast, no address.",
  ],
  "A CLUSTER": [
    "Instances of several files are one virtual router by their virtual_router_id, an address that both have, or their name. Told is what makes two MASTERs of them (another version, number, interval, authentication, key, multicast group, peers that do not name each other), what is gone after a takeover (addresses of one node alone, instances of one node alone), and what decides otherwise than it seems to (equal priorities, state MASTER twice, nopreempt and preempt_delay on the wrong node, weights that never change the order, other sync groups). Of three nodes or more the one is told that differs from most. Name the files of one cluster at a time.",
    "--wire listens for VRRP as vrrp status --wire does, and takes part in nothing. What is in each FILE for instances on --interface is compared with the adverts of their numbers: version, interval, addresses, authentication, checksum; a router that is no unicast peer; the number in use for other addresses, and the addresses under another number; several MASTERs, none, or adverts that nobody believes.",
  ],
  FIXES: [
    "--fix changes what has one safe answer, as a deprecated keyword that only has another name now. Comments and layout stay. A file is written whole or not at all, with the mode and owner that it had; included files too, and it is said where one is outside the directory of FILE. Of fixes that overlap the first is made, and the number of the others is told. What came out of a definition is left to you. Then the files are checked again: findings and exit status are of what is there now.",
  ],
  OUTPUT: [
    "Findings are in the order of their places, 1000 of a file at most; their numbers, on stderr, are of all.",
    '--json prints a line for each finding: type "finding", code, severity, title, message, help, file, line, column, length, related (other places), fixes (what --fix would write where); and one for each FILE: type "summary", file, errors, warnings, notes, left_out.',
    "--keywords prints each keyword with the blocks that it may stand in, its arguments, its default, the version of keepalived that brought it, what to write instead of a deprecated one, and what it does; as JSON name, within, usage, unit, default, since, deprecated_by, same_as, acts_in, does. --explain: code, severity, title, explains.",
  ],
};
