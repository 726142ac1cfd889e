import assert from "node:assert/strict";
import { test } from "node:test";
import { firewallLines, outgoingLines } from "../../../../src/proto/doctor/firewall-lines.ts";
import { baseChain } from "../../../support/doctor.ts";

const NOTHING = { chains: [], legacyTables: [] };

test("without any knowledge one line of each program, the first to be pasted", () => {
  assert.deepEqual(firewallLines(4, "eth0", { ...NOTHING, chains: null }), [
    "nft insert rule inet filter input iifname eth0 meta l4proto 112 accept",
    "# or: iptables -I INPUT -i eth0 -p 112 -j ACCEPT",
    '# or: firewall-cmd --zone="$(firewall-cmd --get-zone-of-interface=eth0)" --add-protocol=vrrp && firewall-cmd --runtime-to-permanent',
  ]);
  assert.match(firewallLines(6, "eth0", NOTHING)[1] ?? "", /ip6tables -I INPUT/);
});

test("chains of iptables are changed by iptables, those of firewalld by firewalld", () => {
  const iptables = baseChain({ family: "ip", table: "filter", chain: "INPUT" });
  const raw = baseChain({ family: "ip", table: "raw", chain: "PREROUTING", hook: "prerouting" });
  assert.deepEqual(firewallLines(4, "eth0", { ...NOTHING, chains: [raw, iptables] }), [
    "iptables -t raw -I PREROUTING -i eth0 -p 112 -j ACCEPT",
    "iptables -I INPUT -i eth0 -p 112 -j ACCEPT",
  ]);
  const firewalld = baseChain({ table: "firewalld", chain: "filter_INPUT" });
  const [only, ...more] = firewallLines(4, "eth0", { ...NOTHING, chains: [firewalld, firewalld] });
  assert.match(only ?? "", /^firewall-cmd --zone=/);
  assert.deepEqual(more, []);
  assert.deepEqual(firewallLines(6, "eth0", { chains: [], legacyTables: ["filter", "nat"] }), [
    "ip6tables -I INPUT -i eth0 -p 112 -j ACCEPT",
  ]);
});

test("a chain of another family is not passed, one of an interface needs no name", () => {
  const chains = [
    baseChain({ family: "ip6", table: "six" }),
    baseChain({ family: "netdev", table: "near", chain: "in", hook: "ingress" }),
    baseChain({ family: "other", hook: "other" }),
  ];
  assert.deepEqual(firewallLines(4, "eth0", { ...NOTHING, chains }), [
    "nft insert rule netdev near in meta l4proto 112 accept",
  ]);
});

test("what goes out has a line for each chain that looks at it, and none for the others", () => {
  const chains = [
    baseChain(),
    baseChain({ table: "out", chain: "way", hook: "output" }),
    baseChain({ family: "ip", table: "mangle", chain: "POSTROUTING", hook: "postrouting" }),
    baseChain({ family: "netdev", table: "near", chain: "out", hook: "egress" }),
    baseChain({ family: "ip6", table: "six", hook: "output" }),
  ];
  const legacyTables = ["filter"];
  assert.deepEqual(outgoingLines(4, "eth0", { chains, legacyTables }), [
    "nft insert rule inet out way oifname eth0 meta l4proto 112 accept",
    "iptables -t mangle -I POSTROUTING -o eth0 -p 112 -j ACCEPT",
    "nft insert rule netdev near out meta l4proto 112 accept",
    "iptables -I OUTPUT -o eth0 -p 112 -j ACCEPT",
  ]);
  assert.deepEqual(outgoingLines(4, "eth0", { ...NOTHING, chains: [baseChain()] }), []);
  const unknown = outgoingLines(4, "eth0", { ...NOTHING, chains: null });
  const firewalld = outgoingLines(4, "eth0", {
    ...NOTHING,
    chains: [baseChain({ table: "firewalld", hook: "output" })],
  });
  for (const advice of [unknown, firewalld]) assert.match(advice.join(), /^# .*firewall|^# .*nft/);
});
