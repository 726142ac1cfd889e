import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsTunnel } from "../../../../../src/core/netlink/ipvs-destination.ts";
import { wayFindings } from "../../../../../src/proto/ipvs/doctor/ways-check.ts";
import { told } from "../../../../support/doctor.ts";
import { destinationTo } from "../../../../support/ipvs.ts";
import { directTo, gateway, ipvsFacts, virtual, way } from "../../../../support/ipvs-facts.ts";

test("real servers that are reached", () => {
  const servers = [destinationTo("10.0.0.11:80"), destinationTo("10.0.1.12:80")];
  const facts = ipvsFacts([virtual("tcp 192.0.2.1:80", servers)], {
    ways: { "10.0.1.12": way({ ifName: "eth1" }) },
  });
  assert.deepEqual(told(wayFindings(facts)), ["ok: all real servers are reached by eth0, eth1"]);
});

test("no route", () => {
  const facts = ipvsFacts([virtual("tcp 192.0.2.1:80")], { ways: { "10.0.0.11": null } });
  assert.deepEqual(told(wayFindings(facts)), [
    "fail: no route to 10.0.0.11: connections that go there fail",
  ]);
});

test("direct routing reaches no further than the link; NAT does", () => {
  const servers = [directTo("10.0.9.1:80"), destinationTo("10.0.9.2:80")];
  const ways = { "10.0.9.1": gateway("10.0.0.254"), "10.0.9.2": gateway("10.0.0.254") };
  const [first, ...more] = told(
    wayFindings(ipvsFacts([virtual("tcp 192.0.2.1:80", servers)], { ways })),
  );
  assert.match(first ?? "", /^fail: 10\.0\.9\.1: direct routing, but behind a gateway/);
  assert.deepEqual(more, []);
});

test("a port that only NAT could change, but no port of a service of all ports or of a mark", () => {
  const facts = ipvsFacts([
    virtual("tcp 192.0.2.1:80", [directTo("10.0.0.11:8080"), destinationTo("10.0.0.12:8080")]),
    virtual("tcp 192.0.2.1:0", [directTo("10.0.0.11:8080")]),
    virtual("fwmark 5", [directTo("10.0.0.11:8080")]),
  ]);
  const [first, ...more] = told(wayFindings(facts));
  assert.match(
    first ?? "",
    /^fail: 10\.0\.0\.11:8080 of tcp 192\.0\.2\.1:80: .* leave the port as it is/,
  );
  assert.deepEqual(more, []);
});

test("what a tunnel leaves of a packet", () => {
  const left = (tunnel: Partial<IpvsTunnel>, ip = "10.0.9.1"): string => {
    const forwarding = {
      by: "tunnel",
      type: "ipip",
      port: 0,
      checksum: "none",
      ...tunnel,
    } as const;
    const at = ip.includes(":") ? `[${ip}]:80` : `${ip}:80`;
    const facts = ipvsFacts([virtual("tcp 192.0.2.1:80", [destinationTo(at, { forwarding })])]);
    return /(\d+) of 1500/.exec(told(wayFindings(facts), "mtu")[0] ?? "")?.[1] ?? "";
  };
  assert.deepEqual(
    [
      left({}),
      left({}, "fd00::9"),
      left({ type: "gre" }),
      left({ type: "gre", checksum: "sum" }),
      left({ type: "gue", port: 6080 }),
      left({ type: "gue", port: 6080, checksum: "remote" }),
    ],
    ["1480", "1460", "1476", "1472", "1468", "1460"],
  );
});
