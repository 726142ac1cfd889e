/** Who says that a host cannot be reached: a route of this host, which is no verdict, or somebody on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { check } from "../support/services.ts";

const skip = labMissing("nft");

test("a route of ours that makes it unreachable is no answer of the host", { skip }, async () => {
  await using lan = await Lan.open("client");
  const { client } = lan.hosts;
  for (const [host, kind] of [
    ["192.0.2.1", "unreachable"],
    ["192.0.2.2", "prohibit"],
    ["2001:db8::1", "unreachable"],
    ["2001:db8::2", "prohibit"],
  ] as const) {
    await client.run("ip", "route", "add", kind, host);
    const target = host.includes(":") ? `[${host}]:7` : `${host}:7`;
    for (const words of [["tcp"], ["udp", "--reply"], ["http"]]) {
      const whom = words[0] === "http" ? `http://${target}/` : target;
      const [status, line] = await check(client, ...words, whom);
      assert.match(line, / UNKNOWN {2}SOCKERR .*a route( of this host)?/, `${kind} ${line}`);
      assert.equal(status, 2);
    }
  }
});

test("what a router or a filter on the way says is down", { skip }, async () => {
  await using lan = await Lan.open("client", "far");
  const { client, far } = lan.hosts;
  const refusals: readonly (readonly [string, type: string, RegExp])[] = [
    [far.ipv4, "icmp type host-unreachable", /host unreachable/],
    [far.ipv4, "icmp type net-unreachable", /network unreachable/],
    [far.ipv4, "icmp type admin-prohibited", /host unreachable/],
    [far.ipv6, "icmpv6 type no-route", /network unreachable/],
    [far.ipv6, "icmpv6 type addr-unreachable", /host unreachable/],
    [far.ipv6, "icmpv6 type admin-prohibited", /prohibited by a filter on the way/],
  ];
  for (const [host, type, words] of refusals) {
    const family = host.includes(":") ? "ip6" : "ip";
    const rule = `add rule inet odd in meta l4proto { tcp, udp } ${family} daddr ${host} reject with ${type}`;
    const chain = "add chain inet odd in { type filter hook input priority 0; }";
    await far.run("nft", `add table inet odd; ${chain}; flush chain inet odd in; ${rule}`);
    const target = host.includes(":") ? `[${host}]:7` : `${host}:7`;
    const [status, line] = await check(client, "tcp", target);
    assert.match(line, / DOWN {2}L4CON /, `${type} ${line}`);
    assert.match(line, words);
    assert.equal(status, 1);
  }
  // The last of these refusals is the only one that the kernel tells a UDP socket.
  const [status, line] = await check(client, "udp", `[${far.ipv6}]:7`, "--reply");
  assert.match(line, / DOWN {2}L4CON .*prohibited by a filter on the way/);
  assert.equal(status, 1);
});
