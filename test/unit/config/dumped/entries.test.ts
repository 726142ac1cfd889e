/** Entries in the words of keepalived 2.2.7, as it wrote them when it was asked; more in the peer test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dumpPlan, instanceConf } from "../../../support/dump-plan.ts";

const only = (inside: string) => dumpPlan(instanceConf(inside)).instances[0] ?? assert.fail();

test("addresses", () => {
  const { excludedVips } = only(`virtual_ipaddress_excluded {
    10.0.0.13/24 brd + home scope host
    10.0.0.14 peer 10.0.0.15
    10.0.0.16/24 -nodad mngtmpaddr noprefixroute autojoin no_track
    10.0.0.20/24 scope 12
    fd00::8
    fd00::12/64 preferred_lft 0
    fd00::9/64
  }`);
  assert.deepEqual(excludedVips, [
    "10.0.0.13/24 brd 10.0.0.255 dev eth0 scope host home",
    "10.0.0.14 dev eth0 scope global peer 10.0.0.15/32",
    "10.0.0.16/24 dev eth0 scope global -nodad mngtmpaddr noprefixroute autojoin no_track",
    "10.0.0.20/24 dev eth0 scope 12",
    "fd00::8 dev eth0 scope global deprecated",
    "fd00::12/64 dev eth0 scope global deprecated",
    "fd00::9/64 dev eth0 scope global preferred_lft forever",
  ]);
});

test("routes", () => {
  const { routes } = only(`virtual_routes {
    default via 10.0.0.2 dev eth0
    blackhole 10.10.0.0/16 no_track
    10.13.0.0/16 dev eth0 advmss 1000 hoplimit 4 tos 4
    fd07::/64 via fd00::3 dev eth0 metric 9
    10.28.0.0/16 via 10.0.0.2 onlink dev eth0
    10.31.0.0/16 dev eth0 protocol static no_track
    10.33.0.0/16 dev eth0 scope site mtu lock 1300
    10.26.0.0/16 dev eth0 add
    0.0.0.0/0 via 10.0.0.2 table main
    10.14.0.0/16 nexthop via 10.0.0.3 dev eth0 weight 2 nexthop via 10.0.0.4 dev eth0
  }`);
  assert.deepEqual(routes, [
    "prepend 0.0.0.0/0 via inet 10.0.0.2 dev eth0 proto 18",
    "add blackhole 10.10.0.0/16 no_track",
    "prepend 10.13.0.0/16 tos 4 dev eth0 proto 18 advmss 1000 hoplimit 4",
    "prepend fd07::/64 via inet6 fd00::3 dev eth0 proto 18 metric 9",
    "prepend 10.28.0.0/16 via inet 10.0.0.2 dev eth0 proto 18 onlink",
    "prepend 10.31.0.0/16 dev eth0 proto 4 no_track",
    "prepend 10.33.0.0/16 dev eth0 proto 18 scope 200 mtu lock 1300",
    "add 10.26.0.0/16 dev eth0 proto 18",
    "prepend 0.0.0.0/0 via inet 10.0.0.2 proto 18 no_track",
    "prepend 10.14.0.0/16 proto 18 nexthop via inet 10.0.0.3 dev eth0 weight 2 nexthop via inet 10.0.0.4 dev eth0 no_track",
  ]);
});

test("rules", () => {
  const { rules } = only(`virtual_rules {
    from all iif eth0 table 44 priority 4
    from fd00::/64 table main priority 5
    from 10.1.0.0/16 tos 16 prohibit priority 8
    to 10.2.0.0/16 suppress_prefixlength 0 table 9 priority 9
    iif eth0 goto 20 priority 10 no_track
    fwmark 3 table default priority 20 tunnel-id 4
    from 10.0.0.0/8 realms 3/4 suppress_ifgroup 3 table 6 priority 21
    from 10.0.0.0/8 nop priority 22
    iif eth0 l3mdev priority 23
    from 10.2.0.0/16 ipproto tcp sport 1-3 dport 7-7 uidrange 3-4 unreachable priority 13
  }`);
  assert.deepEqual(rules, [
    "from 0.0.0.0/0 priority 4 tos 0x0 iif eth0 protocol 18 lookup 44",
    "from fd00::/64 priority 5 tos 0x0 protocol 18 lookup 254",
    "from 10.1.0.0/16 priority 8 tos 0x10 protocol 18 type prohibit",
    "from all to 10.2.0.0/16 priority 9 tos 0x0 suppress_prefixlen 0 protocol 18 lookup 9",
    "from all priority 10 tos 0x0 iif eth0 goto 20 no_track",
    "from all priority 20 tos 0x0 fwmark 0x3 tunnel-id 4 protocol 18 lookup 253",
    "from 10.0.0.0/8 priority 21 tos 0x0 suppress_ifgroup 3 protocol 18 realms 3/4 lookup 6",
    "from 10.0.0.0/8 priority 22 tos 0x0 protocol 18 nop",
    "from all priority 23 tos 0x0 iif eth0 l3mdev protocol 18 lookup 0",
    "from 10.2.0.0/16 priority 13 tos 0x0 uidrange 3-4 protocol 18 ipproto 6 sport 1-3 dport 7-7 type unreachable",
  ]);
});
