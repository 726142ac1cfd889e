import assert from "node:assert/strict";
import { test } from "node:test";
import { firewallFindings } from "../../../../src/proto/doctor/firewall-check.ts";
import {
  baseChain,
  doctorFacts,
  fixes,
  heardFact,
  otherSpeaker,
  speaker,
  told,
} from "../../../support/doctor.ts";

const DEAF = speaker({ expected: 10, received: 0 });
const of = (changes: Parameters<typeof doctorFacts>[0]) =>
  firewallFindings(doctorFacts({ heard: heardFact([DEAF]), ...changes }));

test("as many at the socket as at the interface", () => {
  assert.deepEqual(told(firewallFindings(doctorFacts())), [
    "ok: adverts reach the interface (3/3) and the protocol socket (3/3)",
  ]);
});

test("none at the socket is a firewall, with a line for each chain that is passed", () => {
  const chains = [
    baseChain(),
    baseChain({ table: "later", chain: "in put", family: "ip" }),
    baseChain({ hook: "other" }),
  ];
  const findings = of({ filter: { chains, legacyTables: [] } });
  assert.deepEqual(told(findings), [
    "fail: adverts reach the interface (10/10) but not the protocol socket (0/10), from 10.0.0.2 (02:00:00:00:00:02): the firewall of this host drops protocol 112",
  ]);
  assert.deepEqual(fixes(findings), [
    "nft insert rule inet filter input iifname eth0 meta l4proto 112 accept",
    "nft insert rule ip later 'in put' iifname eth0 meta l4proto 112 accept",
  ]);
});

test("without any chain it is no firewall of netfilter", () => {
  const findings = of({ filter: { chains: [], legacyTables: [] } });
  assert.match(told(findings)[0] ?? "", /^fail: .* no chain of its packet filter looks at it$/);
  assert.match(
    of({ filter: { chains: [], legacyTables: ["filter"] } })[0]?.seen ?? "",
    /the firewall of this host/,
  );
});

test("rp_filter is told apart from a firewall where the way back says so", () => {
  const settings = { "net/ipv4/conf/all/rp_filter": "0", "net/ipv4/conf/eth0/rp_filter": "1" };
  const away = of({ settings, waysBack: new Map([["10.0.0.2", "eth1"]]) });
  assert.match(
    told(away)[0] ?? "",
    /^fail: .* rp_filter drops what comes from 10\.0\.0\.2 \(the route to it leads by eth1\)$/,
  );
  assert.equal(fixes(away)[0], "sysctl -w net/ipv4/conf/eth0/rp_filter=2");
  assert.doesNotMatch(told(of({ settings }))[0] ?? "", /rp_filter/);
  const loose = { "net/ipv4/conf/all/rp_filter": "2", "net/ipv4/conf/eth0/rp_filter": "1" };
  assert.doesNotMatch(
    told(of({ settings: loose, waysBack: new Map([["10.0.0.2", "eth1"]]) }))[0] ?? "",
    /rp_filter/,
  );
  assert.match(
    told(of({ settings: loose, waysBack: new Map([["10.0.0.2", null]]) }))[0] ?? "",
    /no route to it/,
  );
});

test("without any route no mode but 0 lets it in, so the route is what is pasted", () => {
  const settings = { "net/ipv4/conf/all/rp_filter": "2", "net/ipv4/conf/eth0/rp_filter": "1" };
  const none = fixes(of({ settings, waysBack: new Map([["10.0.0.2", null]]) }));
  assert.deepEqual(none, [
    "ip route add 10.0.0.2 dev eth0",
    "# or, where it is to have no route there: sysctl -w net/ipv4/conf/all/rp_filter=0; sysctl -w net/ipv4/conf/eth0/rp_filter=0",
  ]);
});

test("on an interface without an address the loose mode is as strict", () => {
  const settings = { "net/ipv4/conf/all/rp_filter": "0", "net/ipv4/conf/eth0/rp_filter": "2" };
  const away = { settings, waysBack: new Map([["10.0.0.2", "eth1"]]) };
  assert.doesNotMatch(told(of(away))[0] ?? "", /rp_filter/);
  assert.deepEqual(fixes(of({ ...away, addresses: [] })), [
    "sysctl -w net/ipv4/conf/eth0/rp_filter=0",
  ]);
});

test("where IPv6 is switched off its adverts are lost for that reason, and no firewall is blamed", () => {
  const heard = heardFact([speaker({ family: 6, source: "fe80::2", expected: 3, received: 0 })]);
  const settings = { "net/ipv6/conf/eth0/disable_ipv6": "1" };
  const findings = of({ heard, families: [6], settings });
  assert.deepEqual(told(findings), ["skip: IPv6 is switched off on eth0"]);
});

test("of two senders one may be dropped; some lost adverts are a doubt", () => {
  const one = firewallFindings(doctorFacts({ heard: heardFact([DEAF, otherSpeaker()]) }));
  assert.match(told(one)[0] ?? "", /^fail: .*\(0\/10\), from 10\.0\.0\.2 /);
  const some = firewallFindings(
    doctorFacts({ heard: heardFact([speaker({ expected: 10, received: 5 })]) }),
  );
  assert.match(told(some)[0] ?? "", /^warn: .*\(5\/10\): some are lost/);
});

test("where nothing came in, or no socket could listen, nothing can be told", () => {
  assert.match(told(firewallFindings(doctorFacts({ heard: heardFact([]) })))[0] ?? "", /^skip/);
  const refused = { joinedBefore: null, refusal: "no", refusalCode: "ENODEV" };
  assert.match(told(of({ groups: { 4: refused, 6: refused } }))[0] ?? "", /^skip/);
});
