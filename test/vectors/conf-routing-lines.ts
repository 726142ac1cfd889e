/** Lines of keepalived.conf, good and bad, hand-made: a bar between two cases, a semicolon for the end of a line. */

export const ROUTING_LINES = {
  route: `
    10.1.0.0/16 gw 10.0.0.2 | dst 10.1.0.0/16 via 10.0.0.2 | via 10.0.0.2 |
    default via 10.0.0.2 | 10.1/16 via 10.0.0.2 | 10.1.0.0/33 via 10.0.0.2 | foo via 10.0.0.2 |
    10.1.0.0/16 via foo | 10.1.0.0/16 via | 10.1.0.0/16 dev eth0 | 10.1.0.0/16 oif eth0 |
    10.1.0.0/16 dev eth0 scope link | 10.1.0.0/16 dev eth0 scope foo |
    10.1.0.0/16 dev eth0 scope 300 | 10.1.0.0/16 dev eth0 src 10.0.0.9 |
    10.1.0.0/16 dev eth0 src foo | 10.1.0.0/16 dev eth0 src fe80::1 |
    10.1.0.0/16 via 10.0.0.2 or 10.0.0.3 | 10.1.0.0/16 via fe80::1 dev eth0 |
    10.1.0.0/16 via inet6 fe80::1 dev eth0 | 10.1.0.0/16 via inet 10.0.0.2 dev eth0 |
    fd00::/64 via 10.0.0.2 | fd00::/64 via inet 10.0.0.2 | inet6 default dev eth0 |
    inet default dev eth0 | inet6 10.1.0.0/16 dev eth0 | fd00::/64 from fd01::/64 dev eth0 |
    10.1.0.0/16 from 10.2.0.0/16 dev eth0 | 10.1.0.0/16 dev eth0 tos 0x10 |
    10.1.0.0/16 dev eth0 tos 256 | 10.1.0.0/16 dev eth0 dsfield 4 |
    10.1.0.0/16 dev eth0 table 100 | 10.1.0.0/16 dev eth0 table main |
    10.1.0.0/16 dev eth0 table nosuch | 10.1.0.0/16 dev eth0 table 0x64 |
    10.1.0.0/16 dev eth0 table 4294967296 | 10.1.0.0/16 dev eth0 table 0 |
    10.1.0.0/16 dev eth0 protocol static | 10.1.0.0/16 dev eth0 protocol 18 |
    10.1.0.0/16 dev eth0 protocol keepalived | 10.1.0.0/16 dev eth0 protocol nosuch |
    10.1.0.0/16 dev eth0 protocol 256 | 10.1.0.0/16 dev eth0 protocol static no_track |
    10.1.0.0/16 dev eth0 metric 5 | 10.1.0.0/16 dev eth0 metric x |
    10.1.0.0/16 dev eth0 priority 5 | 10.1.0.0/16 dev eth0 preference 5 |
    10.1.0.0/16 dev eth0 metric 0x5 | 10.1.0.0/16 dev eth0 metric 4294967296 |
    10.1.0.0/16 dev eth0 metric -1 | 10.1.0.0/16 via 10.0.0.2 dev eth0 onlink |
    10.1.0.0/16 dev eth0 expires 10 | fd00::/64 dev eth0 expires 10 |
    10.1.0.0/16 dev eth0 mtu 1400 | 10.1.0.0/16 dev eth0 mtu lock 1400 |
    10.1.0.0/16 dev eth0 mtu x | 10.1.0.0/16 dev eth0 mtu 0 | 10.1.0.0/16 dev eth0 advmss 1400 |
    10.1.0.0/16 dev eth0 rtt 100 | 10.1.0.0/16 dev eth0 rtt 5 | 10.1.0.0/16 dev eth0 rtt 100ms |
    10.1.0.0/16 dev eth0 rtt 1s | 10.1.0.0/16 dev eth0 rttvar 100 |
    10.1.0.0/16 dev eth0 reordering 4 | 10.1.0.0/16 dev eth0 cwnd 4 |
    10.1.0.0/16 dev eth0 cwnd lock 4 | 10.1.0.0/16 dev eth0 ssthresh 4 |
    10.1.0.0/16 dev eth0 rto_min 200 | 10.1.0.0/16 dev eth0 rto_min 5 |
    10.1.0.0/16 dev eth0 rto_min 200ms | 10.1.0.0/16 dev eth0 hoplimit 10 |
    10.1.0.0/16 dev eth0 hoplimit 256 | 10.1.0.0/16 dev eth0 window 10 |
    10.1.0.0/16 dev eth0 realms 1 | 10.1.0.0/16 dev eth0 realms 1/2 |
    10.1.0.0/16 dev eth0 realms foo | 10.1.0.0/16 dev eth0 realms 1/65536 |
    10.1.0.0/16 dev eth0 realm 1 | 10.1.0.0/16 dev eth0 initcwnd 10 |
    10.1.0.0/16 dev eth0 initrwnd 10 | 10.1.0.0/16 dev eth0 features ecn |
    10.1.0.0/16 dev eth0 features foo | 10.1.0.0/16 dev eth0 quickack 1 |
    10.1.0.0/16 dev eth0 quickack 2 | 10.1.0.0/16 dev eth0 quickack |
    10.1.0.0/16 dev eth0 congctl cubic | 10.1.0.0/16 dev eth0 congctl lock cubic |
    10.1.0.0/16 dev eth0 congctl cubic lock | 10.1.0.0/16 dev eth0 pref low |
    fd00::/64 dev eth0 pref low | fd00::/64 dev eth0 pref foo |
    10.1.0.0/16 dev eth0 ttl-propagate enabled | 10.1.0.0/16 dev eth0 ttl-propagate disabled |
    10.1.0.0/16 dev eth0 ttl-propagate 1 | 10.1.0.0/16 dev eth0 fastopen_no_cookie 1 |
    10.1.0.0/16 dev eth0 fastopen_no_cookie | 10.1.0.0/16 dev eth0 fastopen_no_cookie 2 |
    10.1.0.0/16 dev eth0 add | 10.1.0.0/16 dev eth0 prepend | 10.1.0.0/16 dev eth0 append |
    10.1.0.0/16 dev eth0 add append | 10.1.0.0/16 dev eth0 no_track |
    10.1.0.0/16 dev eth0 track_group G | 10.1.0.0/16 dev eth0 vrf eth1 |
    10.1.0.0/16 nexthop via 10.0.0.2 weight 257 | 10.1.0.0/16 nexthop via 10.0.0.2 weight 0 |
    10.1.0.0/16 nexthop via inet6 fe80::2 dev eth0 | 10.1.0.0/16 nexthop foo |
    10.1.0.0/16 nexthop via 10.0.0.3 metric 5 | 10.1.0.0/16 nexthop via 10.0.0.3 as to 10.0.0.4 |
    10.1.0.0/16 as to 10.0.0.4 dev eth0 | 10.1.0.0/16 encap ip id 5 dst 10.0.0.8 dev eth0 |
    10.1.0.0/16 encap ip id 5 dst 10.0.0.8 src 10.0.0.1 tos 1 ttl 5 flags 1 dev eth0 |
    10.1.0.0/16 encap ip foo dev eth0 |
    10.1.0.0/16 encap ip6 id 5 dst fd00::8 hoplimit 5 dev eth0 |
    10.1.0.0/16 encap ip6 id 5 dst fd00::8 tc 5 dev eth0 |
    10.1.0.0/16 encap mpls 100/200 dev eth0 | 10.1.0.0/16 encap mpls 100 ttl 5 dev eth0 |
    10.1.0.0/16 encap mpls foo dev eth0 | 10.1.0.0/16 encap ila 1:2:3:4 dev eth0 |
    10.1.0.0/16 encap ila foo dev eth0 | 10.1.0.0/16 encap foo dev eth0 | blackhole 10.1.0.0/16 |
    local 10.1.0.0/16 dev lo | unicast 10.1.0.0/16 dev eth0 | broadcast 10.1.0.0/16 dev eth0 |
    multicast 10.1.0.0/16 dev eth0 | anycast 10.1.0.0/16 dev eth0 | nat 10.1.0.0/16 dev eth0 |
    xresolve 10.1.0.0/16 dev eth0 | type blackhole 10.1.0.0/16 | blackhole 10.1.0.0/16 dev eth0 |
    blackhole | foo 10.1.0.0/16 | 10.1.0.0/16 10.2.0.0/16 dev eth0 | 10.1.0.0/16 dev eth0 foo |
    10.1.0.0/16 dev eth0 vai 10.0.0.1 | 10.1.0.0/16 dev eth0 dev eth1 | fd00::/64 dev eth0 |
    fd00::/64 via fe80::1 dev eth0 | 10.1.0.0/16 dev eth0 proto static |
    10.1.0.0/16 dev eth0 via 10.0.0.2 weight 3 | 10.1.0.0/16 dev eth0 rtt x |
    10.1.0.0/16 dev eth0 rto_min x | 10.1.0.0/16 dev eth0 initcwnd x |
    10.1.0.0/16 dev eth0 window lock 5 | 10.1.0.0/16 dev eth0 features x |
    10.1.0.0/16 dev eth0 tos x | 10.1.0.0/16 dev eth0 expires x |
    fd00::/64 dev eth0 pref medium | fd00::/64 dev eth0 pref high | fd00::/64 dev eth0 pref 1 |
    10.1.0.0/16 dev eth0 or eth1 | 10.1.0.0/16 dev eth0 via 10.0.0.2 or 10.0.0.3 |
    10.1.0.0/16 dev eth0 nexthop via 10.0.0.3 |
    10.1.0.0/16 no_track nexthop via 10.0.0.3 dev eth0 weight 1 nexthop via 10.0.0.4 dev eth0 weight 2 |
    10.1.0.0/16 via 10.0.0.2 no_track | unicast default via 10.0.0.2 no_track |
    blackhole 10.1.0.0/16 no_track | 10.1.0.0/16 dev eth0 realms 1/ |
    10.1.0.0/16 dev eth0 encap ip tos x | 10.1.0.0/16 dev eth0 inet | inet6 fd00::/64 dev eth0 |
    10.1.0.0/16 inet6 dev eth0 | 10.1.0.0/16 dev eth0 mtu 99999999999 |
    10.1.0.0/16 dev eth0 scope nowhere | 10.1.0.0/16 dev eth0 scope 0xff |
    10.1.0.0/16 dev eth0 protocol 0x10 no_track | 10.1.0.0/16 dev eth0 table 4294967295 |
    10.1.0.0/16 dev eth0 table -1 |
  `,
  rule: `
    from 10.0.0.0/8 table 100 | from 10.0.0.0/8 table 100 priority 10 |
    from 10.0.0.0/8 lookup 100 preference 10 | from 10.0.0.0/8 table 100 order 10 |
    from 10.0.0.0/8 table 100 pref 10 | from 10.0.0.1/8 table 100 priority 10 |
    from all table 100 priority 10 | from any table 100 priority 10 |
    from default table 100 priority 10 | to 10.0.0.0/8 table 100 priority 10 |
    not from 10.0.0.0/8 table 100 priority 10 | from foo table 100 priority 10 |
    from 10.0.0.0/8 to fd00::/64 table 100 priority 10 |
    inet6 from 10.0.0.0/8 table 100 priority 10 | inet6 from all table 100 priority 10 |
    inet table 100 priority 10 | table 100 priority 10 | from 10.0.0.0/8 priority 10 |
    from 10.0.0.0/8 table main priority 10 | from 10.0.0.0/8 table nosuch priority 10 |
    from 10.0.0.0/8 table 0 priority 10 | from 10.0.0.0/8 table 0x10 priority 10 |
    from 10.0.0.0/8 table 100 priority x | from 10.0.0.0/8 table 100 priority 0 |
    from 10.0.0.0/8 table 100 priority 4294967296 | from 10.0.0.0/8 table 100 priority 0x10 |
    fwmark 1 table 100 priority 10 | fwmark 0x10/0xff table 100 priority 10 |
    fwmark x table 100 priority 10 | fwmark 1/x table 100 priority 10 |
    fwmark 4294967296 table 100 priority 10 | tos 16 table 100 priority 10 |
    tos 0x10 table 100 priority 10 | tos 300 table 100 priority 10 |
    dsfield 4 table 100 priority 10 | realms 1/2 table 100 priority 10 |
    from 10.0.0.0/8 realms 1 table 100 priority 10 | realms foo table 100 priority 10 |
    from all table 100 priority 10 suppress_prefixlength 0 |
    from all table 100 priority 10 suppress_prefixlength 33 |
    from all table 100 priority 10 suppress_prefixlength 129 |
    from all table 100 priority 10 suppress_ifgroup 1 |
    from all table 100 priority 10 suppress_ifgroup default |
    from all table 100 priority 10 suppress_ifgroup nosuch | iif eth0 table 100 priority 10 |
    dev eth0 table 100 priority 10 | oif eth0 table 100 priority 10 |
    oif abcdefghijklmnopq table 100 priority 10 | tunnel-id 5 table 100 priority 10 |
    tunnel-id x table 100 priority 10 | uidrange 1-2 table 100 priority 10 |
    uidrange 5 table 100 priority 10 | uidrange 5-2 table 100 priority 10 | l3mdev priority 10 |
    l3mdev table 100 priority 10 | from all l3mdev priority 10 |
    protocol 18 from all table 100 priority 10 | protocol static from all table 100 priority 10 |
    protocol nosuch from all table 100 priority 10 | ipproto tcp from all table 100 priority 10 |
    ipproto TCP from all table 100 priority 10 | ipproto 6 from all table 100 priority 10 |
    ipproto nosuch from all table 100 priority 10 | ip_proto tcp from all table 100 priority 10 |
    ipproto tcp sport 10-20 from all table 100 priority 10 |
    ipproto tcp sport 10 from all table 100 priority 10 |
    ipproto tcp dport 10-20 from all table 100 priority 10 |
    ipproto tcp dport 20-10 from all table 100 priority 10 |
    dport 10-70000 from all table 100 priority 10 | from all table 100 priority 10 no_track |
    from all table 100 priority 10 track_group G | from all priority 10 goto 20 |
    from all priority 10 goto 5 | from all priority 10 goto x | from all priority 10 nop |
    from all priority 10 blackhole | from all blackhole priority 10 |
    from all priority 10 unreachable | from all priority 10 prohibit |
    from all priority 10 blackhole table 100 | from all priority 10 foo |
    from all priority 10 type blackhole | from all priority 10 table 100 table 101 | from |
    10.0.0.0/8 table 100 priority 10 | from all priority 10 tabel 100 | from all table 100 |
    nat 10.0.0.1 priority 10 | from all table 100 goto 50 priority 10 |
    goto 50 from all priority 10 | from all priority 10 realms 1/2 table 5 |
    from all priority 10 table 4294967296 | from all priority 10 table -1 |
    from all priority 010 table 5 | from all priority +10 table 5 |
    from all priority 10 table 5 suppress_prefixlength x |
    from all priority 10 table 5 suppress_prefixlength -1 |
    from all priority 10 table 5 oif eth0 iif eth0 | from 10.0.0.0/33 priority 10 table 5 |
    from all priority 10 l3mdev nop | fwmark 0x10/0x1 table 5 priority 10 |
    inet6 table 5 priority 10 | inet table 5 priority 10 | not table 5 priority 10 |
    table 5 priority 10 not | from all table 5 priority 10 to all |
    from all table 5 priority 10 protocol 256 | from all table 5 priority 10 ipproto 256 |
    from all table 5 priority 10 ipproto 255 | from all table 5 priority 10 uidrange x-y |
    from all table 5 priority 10 tunnel-id 0x5 |
    from all table 5 priority 10 tunnel-id 18446744073709551616 |
    from all table 5 priority 10 sport 0-5 |
    from all table 5 priority 10 suppress_ifgroup 4294967296 | iif eth0 oif |
  `,
} as const;
