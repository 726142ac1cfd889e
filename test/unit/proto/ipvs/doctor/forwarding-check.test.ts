import assert from "node:assert/strict";
import { test } from "node:test";
import { forwardingFindings } from "../../../../../src/proto/ipvs/doctor/forwarding-check.ts";
import { fixes, linkFact, told } from "../../../../support/doctor.ts";
import { destinationTo } from "../../../../support/ipvs.ts";
import { directTo, gateway, ipvsFacts, virtual, way } from "../../../../support/ipvs-facts.ts";

const NAT = virtual("tcp 192.0.2.1:80");
const DIRECT = virtual("tcp 192.0.2.1:80", [directTo("10.0.0.11:80")]);

test("NAT needs a router: of IPv4 on the interface of the real server, of IPv6 on all", () => {
  const findings = forwardingFindings(
    ipvsFacts([NAT, virtual("tcp [fd00::1]:80", [destinationTo("[fd00::11]:80")]), DIRECT], {
      settings: { "net/ipv4/conf/eth0/forwarding": "0", "net/ipv6/conf/all/forwarding": "0" },
    }),
  );
  assert.deepEqual(told(findings), [
    "fail: ip_forward is off: with NAT replies of 10.0.0.11 come through this host, which drops them",
    "fail: forwarding of IPv6 is off: with NAT replies of fd00::11 come through this host, which drops them",
  ]);
  assert.deepEqual(fixes(findings), [
    "sysctl -w net/ipv4/ip_forward=1",
    "sysctl -w net/ipv6/conf/all/forwarding=1",
  ]);
  const settings = { "net/ipv4/conf/eth0/forwarding": "1", "net/ipv4/conf/eth1/forwarding": "0" };
  assert.match(
    told(forwardingFindings(ipvsFacts([NAT], { settings })))[0] ?? "",
    /^ok: ip_forward/,
  );
});

test("nothing where no reply comes through: direct routing, this host itself, no way at all", () => {
  const settings = { "net/ipv4/conf/eth0/forwarding": "0", "net/ipv4/conf/lo/forwarding": "0" };
  const local = ipvsFacts([NAT], { settings, ways: { "10.0.0.11": way({ isLocal: true }) } });
  const lost = ipvsFacts([NAT], { settings, ways: { "10.0.0.11": null } });
  for (const facts of [ipvsFacts([DIRECT], { settings }), local, lost])
    assert.deepEqual(forwardingFindings(facts), []);
});

test("redirects, where the virtual address and real servers of NAT are on one LAN", () => {
  const settings = { "net/ipv4/conf/all/send_redirects": "1" };
  const of = (facts: ReturnType<typeof ipvsFacts>) =>
    forwardingFindings(facts).filter(({ verdict }) => verdict === "warn");
  assert.deepEqual(fixes(of(ipvsFacts([NAT], { settings }))), [
    "sysctl -w net/ipv4/conf/all/send_redirects=0",
    "sysctl -w net/ipv4/conf/eth0/send_redirects=0",
  ]);
  const elsewhere = { ways: { "10.0.0.11": way({ ifName: "eth1" }) } };
  const beyond = { ways: { "10.0.0.11": gateway("10.0.0.254") } };
  for (const changes of [{}, { settings, ...elsewhere }, { settings, ...beyond }])
    assert.deepEqual(of(ipvsFacts([NAT], changes)), []);
});

test("a strict rp_filter on the interface of the virtual address, and the way out is another one", () => {
  const settings = { "net/ipv4/conf/all/rp_filter": "1" };
  const away = { waysOut: { 4: "eth1", 6: null } } as const;
  const findings = forwardingFindings(ipvsFacts([DIRECT], { settings, ...away }));
  assert.match(
    told(findings)[0] ?? "",
    /^warn: rp_filter is 1 on eth0, and the default route leaves by eth1: .* tcp 192\.0\.2\.1:80$/,
  );
  assert.deepEqual(fixes(findings), ["sysctl -w net/ipv4/conf/eth0/rp_filter=2"]);
  const loose = { "net/ipv4/conf/all/rp_filter": "1", "net/ipv4/conf/eth0/rp_filter": "2" };
  for (const changes of [
    { settings },
    { settings: loose, ...away },
    { settings, ...away, links: [linkFact({ kind: "dummy" })] },
  ])
    assert.deepEqual(forwardingFindings(ipvsFacts([DIRECT], changes)), []);
});
