/** Entries of virtual_routes and static_routes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { staticRoute, virtualRoute } from "../../../../src/config/entries/route.ts";
import { formatCidr, parseIp } from "../../../../src/core/addr.ts";
import { readEntries, said } from "../../../support/conf.ts";

const read = (line: string) => {
  const { values, found } = readEntries(virtualRoute, line);
  const [entry] = values;
  const to = entry?.destination;
  return {
    type: entry?.type,
    to: to === undefined || to === "any" ? to : formatCidr(to),
    options: entry && said(entry.options),
    found,
  };
};

test("the destination stands anywhere, with to or without", () => {
  for (const line of ["10.1.2.3/16 dev eth0", "dev eth0 10.1.2.3/16", "dev eth0 to 10.1.2.3/16"]) {
    const { type, to, found } = read(line);
    assert.deepEqual({ type, to, found }, { type: "unicast", to: "10.1.2.3/16", found: [] }, line);
  }
  assert.equal(read("default dev eth0").to, "any");
});

test("the type stands in front of the destination", () => {
  const { type, to } = read("blackhole 10.9.0.0/16 no_track");
  assert.deepEqual({ type, to }, { type: "blackhole", to: "10.9.0.0/16" });
  assert.match(read("blackhole").found[0] ?? "", /^a.conf:2:10 vk201/);
});

test("metrics may be locked, and times have units", () => {
  const { options } = read("10.1.0.0/16 dev eth0 mtu lock 1400 rtt 300ms rttvar 1600 rto_min 1s");
  assert.deepEqual(options, {
    dev: "eth0",
    mtu: { value: 1400, isLocked: true },
    rtt: { value: 300, isLocked: false },
    rttvar: { value: 400, isLocked: false },
    rto_min: { value: 1000, isLocked: false },
  });
});

test("a time below 200ms becomes that", () => {
  const { options, found } = read("10.1.0.0/16 dev eth0 rtt 102");
  assert.deepEqual(options?.rtt, { value: 200, isLocked: false });
  assert.deepEqual(found, ["a.conf:2:26 vk223 102 is 12.75ms, and becomes 200ms"]);
});

test("several ways stand at the end", () => {
  const line = "10.1.0.0/16 no_track nexthop via 10.0.0.2 weight 2 nexthop dev eth1 onlink";
  const [first, second] = (read(line).options?.nexthop ?? []) as object[];
  assert.deepEqual(first && said(first), { via: parseIp("10.0.0.2"), weight: 2 });
  assert.deepEqual(second && said(second), { dev: "eth1", onlink: true });
  assert.match(read("10.1.0.0/16 nexthop dev eth0 metric 5").found[0] ?? "", /2:30 vk217 'metric'/);
});

test("packets may be wrapped", () => {
  const encap = (line: string) => read(`10.1.0.0/16 dev eth0 encap ${line}`).options?.encap;
  assert.deepEqual(encap("mpls 100/200"), { type: "mpls", labels: [100, 200] });
  assert.deepEqual(encap("ila 1:2:3:4"), { type: "ila", locator: "1:2:3:4" });
  const ip = encap("ip id 5 dst 10.0.0.8 ttl 4") as { type: string; options: object };
  assert.equal(ip.type, "ip");
  assert.deepEqual(said(ip.options), { id: 5, dst: parseIp("10.0.0.8"), ttl: 4 });
  assert.match(read("10.1.0.0/16 dev eth0 encap ip ttl 4").found[0] ?? "", /vk225/);
});

test("gw and or are deprecated, and told once", () => {
  const { values, found } = readEntries(virtualRoute, "default gw 10.0.0.1 dev eth0");
  assert.deepEqual(found, ["a.conf:2:9 vk120 'gw' is deprecated"]);
  assert.deepEqual(values[0]?.options.via?.value, parseIp("10.0.0.1"));
});

test("what keeps keepalived from a route is told in one finding, at its word", () => {
  const codes = {
    "10.1.0.0/16 vai 10.0.0.2": "2:13 vk217 'vai' means nothing in a route (did you mean 'via'?)",
    "via 10.0.0.2 dev eth0": "2:22 vk225 the route has no destination",
    "10.1.0.0/16 via fe80::1 dev eth0": "2:17 vk214",
    "10.1.0.0/16 from 10.2.0.0/16 dev eth0": "2:13 vk214",
    "fd00::/64 realms 1 dev eth0": "2:11 vk214",
    "10.1.0.0/16 metric 0x5 dev eth0": "2:20 vk206",
    "10.1.0.0/16 dev eth0 protocol bird": "2:31 vk222",
    "inet6 default dev eth0": "2:1 vk226",
    "10.1.0.0/16 via 10.0.0.2": "2:1 vk221",
    "10.1.0.0/16 10.2.0.0/16 dev eth0": "2:13 vk123",
    "10.1.0.0/16 dev eth0 table 4294967296": "2:28 vk233",
  };
  for (const [line, code] of Object.entries(codes)) {
    const { found } = read(line);
    assert.ok(found[0]?.startsWith(`a.conf:${code}`), `${line}: ${found}`);
    assert.ok(found.length === 1, `${line}: ${found}`);
  }
});

test("a protocol stays where nothing is watched, and track_group is for static routes", () => {
  assert.deepEqual(read("10.1.0.0/16 dev eth0 protocol bird no_track").found, []);
  assert.deepEqual(readEntries(staticRoute, "10.1.0.0/16 dev eth0 track_group G").found, []);
});
