/** What man pages tell of the files that say what IPVS is to be. */

/** The table in YAML or JSON; `share/examples/ipvs.yaml` is one. */
export const TABLE_MANUAL: Readonly<Record<string, readonly string[]>> = {
  FORMATS: [
    "FILE is at most 16 MiB. One with a mistake is refused as a whole, with line and column. So is an empty one, which else would have services removed (services: [] says that none is meant), and a keepalived.conf that breaks off within a block, or has a line that keepalived skips; other mistakes in it are told, and it counts as keepalived takes it. Of a keepalived.conf all real servers count, lvs_timeouts, and an lvs_sync_daemon that follows no instance.",
  ],
  "TABLE IN YAML OR JSON": [
    "services is a list, and has to be there: services: [] where none is wanted. timeouts and daemons stay as the kernel has them where they are not there; daemons: [] stops them. Unknown keys are refused.",
    "Of a service: service (tcp, udp or sctp with ADDR:PORT, an IPv6 address in brackets, without a port all of them; fwmark N, fwmark N inet6), scheduler (wlc unless said), flags (sh-port, sh-fallback, mh-port, mh-fallback, flag-1 to flag-3), persistence (a duration, or timeout, netmask: a length, of IPv4 also a mask, and engine: sip), one-packet (true or false), method (of the destinations that have none of their own), destinations.",
    "Of a destination: server (HOST:PORT, without a port that of the service), weight (1 unless said), method (nat, direct, tunnel; local and bypass as the kernel has them), upper and lower (connections); of a tunnel: tunnel (ipip unless said, gue, gre), tunnel-port (of gue), checksum (none, sum, remote). A server with a name is a destination for each of its addresses of the service's family; names are looked up when the file is read.",
    "Of timeouts: tcp, tcp-fin, udp. Of a daemon: role (master, backup), interface, sync-id, max-bytes, group, port, ttl. Durations have a unit: 90s, 5m, 1h30m.",
    "services: [{service: tcp 192.0.2.1:80, scheduler: wlc, persistence: {timeout: 5m, netmask: 24}, destinations: [{server: 10.0.0.1:80, weight: 3, method: nat}]}]",
  ],
};
