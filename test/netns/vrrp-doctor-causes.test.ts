/** `vrrp doctor` names why two hosts have one address, and its lines help on the real kernel. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { examineHost as examine, paste, verdicts } from "../support/doctor-host.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter, type VirtualRouter } from "../support/router.ts";

async function startMaster(host: Host, router: VirtualRouter) {
  const one = startRouter("vipkit", host, { ...router, priority: 150 });
  await one.becomes("MASTER");
  return one;
}

describe("why it does not work", { concurrency: 3, skip: labMissing() }, () => {
  for (const [format, router] of Object.entries(FAST_ROUTERS)) {
    const vip = addressOf(router);

    test(`${format}: one of two routers has the wrong VRID`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      await startMaster(a, router);
      // The second one would find the address taken and not begin.
      await lan.silence(b);
      await startMaster(b, { ...router, vrid: 52 });
      await lan.unsilence(b);
      for (const host of [a, b, c]) {
        const { code, of } = await examine(host);
        assert.equal(code, 1);
        const [clash] = of("vrid");
        assert.match(
          clash?.seen ?? "",
          new RegExp(`^${vip} is advertised under vrid 51 by .* and vrid 52 by `),
        );
        for (const line of of("holder").flatMap(({ fix }) => fix)) assert.match(line, /see vrid$/);
      }
    });

    test(`${format}: the firewall of the master drops what goes out, and the printed line heals it`, {
      skip: labMissing("nft"),
    }, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      await startMaster(a, router);
      const other = startRouter("vipkit", b, { ...router, priority: 100 });
      await other.becomes("BACKUP");
      await a.run("nft", "add table inet out");
      await a.run("nft", "add chain inet out way { type filter hook output priority 0; }");
      await a.run("nft", "add rule inet out way meta l4proto 112 drop");
      await other.becomes("MASTER");
      const ill = await examine(a);
      assert.equal(ill.code, 1);
      const outgoing = ill.of("firewall").find(({ verdict }) => verdict === "fail");
      assert.match(outgoing?.seen ?? "", new RegExp(`^this host has ${vip} and runs a router`));
      const advice = ill.of("holder").flatMap(({ fix }) => fix);
      for (const line of advice) assert.match(line, /^# .*(see firewall|only if the router)/);
      await paste(a, outgoing);
      await other.becomes("BACKUP");
      assert.equal((await examine(a)).code, 0);
    });
  }

  test("multicast is lost towards a host: its doctor says how to find the dead direction", {
    skip: labMissing("nft"),
  }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await startMaster(a, FAST_ROUTERS.IPv4);
    const other = startRouter("vipkit", b, { ...FAST_ROUTERS.IPv4, priority: 100 });
    await other.becomes("BACKUP");
    await lan.dropMulticastOf(a);
    await other.becomes("MASTER");
    const { of } = await examine(b);
    const [holder] = of("holder");
    assert.equal(holder?.verdict, "fail");
    assert.match(holder?.fix[0] ?? "", /-I eth0 --respond there, .*-I eth0 --peer ADDR here$/);
  });

  test("a master whose TTL is not 255 is not believed, and whoever took over has the address too", {
    skip: labMissing("nft"),
  }, async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    await startMaster(a, FAST_ROUTERS.IPv4);
    const other = startRouter("vipkit", b, { ...FAST_ROUTERS.IPv4, priority: 100 });
    await other.becomes("BACKUP");
    await a.run("nft", "add table inet mangle");
    await a.run("nft", "add chain inet mangle out { type filter hook postrouting priority 0; }");
    await a.run("nft", "add rule inet mangle out ip protocol 112 ip ttl set 64");
    await other.becomes("MASTER");
    for (const host of [a, b, c]) {
      const { of } = await examine(host);
      assert.deepEqual(verdicts([...of("ttl"), ...of("holder")]), ["fail", "fail"]);
      for (const line of of("holder").flatMap(({ fix }) => fix)) assert.match(line, /see ttl$/);
    }
  });

  test("without a route to the source no looser rp_filter helps, and what is printed does", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await startMaster(a, FAST_ROUTERS.IPv4);
    for (const mode of [1, 2]) {
      await c.run("ip", "address", "flush", "dev", "eth0", "scope", "global");
      await c.run("ip", "address", "add", "192.0.2.3/24", "dev", "eth0");
      await c.run("sysctl", "-w", `net.ipv4.conf.eth0.rp_filter=${mode}`);
      const ill = await examine(c);
      const [finding] = ill.of("firewall");
      assert.match(finding?.seen ?? "", /rp_filter drops .*10\.0\.0\.1 \(no route to it\)/);
      await paste(c, finding);
      assert.deepEqual(verdicts((await examine(c)).of("firewall")), ["ok"]);
    }
  });

  test("without an address the loose mode is as strict, and what is printed heals that", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await startMaster(a, FAST_ROUTERS.IPv4);
    await c.run("ip", "address", "flush", "dev", "eth0", "scope", "global");
    await c.run(
      "sh",
      "-euc",
      "ip link add side type veth peer name end; ip link set side up; ip link set end up; ip address add 192.0.2.3/24 dev side; ip route add default dev side",
    );
    await c.run("sysctl", "-w", "net.ipv4.conf.eth0.rp_filter=2");
    const ill = await examine(c);
    const [finding] = ill.of("firewall");
    assert.match(finding?.seen ?? "", /rp_filter drops .*leads by side/);
    await paste(c, finding);
    assert.deepEqual(verdicts((await examine(c)).of("firewall")), ["ok"]);
  });

  test("IPv6 that is switched off, and then without an address, is healed line by line", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await startMaster(a, FAST_ROUTERS.IPv6);
    await c.run("sysctl", "-w", "net.ipv6.conf.eth0.disable_ipv6=1");
    const off = await examine(c);
    const failures = off.findings.filter(({ verdict }) => verdict === "fail");
    assert.deepEqual(
      failures.map(({ check, fix }) => [check, ...fix]),
      [["address", "sysctl -w net/ipv6/conf/eth0/disable_ipv6=0"]],
    );
    await paste(c, off.of("address")[0]);
    await c.run("ip", "-6", "address", "flush", "dev", "eth0");
    const bare = await examine(c);
    assert.equal(bare.of("address")[0]?.verdict, "fail");
    await paste(c, bare.of("address")[0]);
    assert.notEqual((await examine(c)).of("address")[0]?.verdict, "fail");
  });

  test("beside a pair that speaks by unicast a bystander is warned, a member is not", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    for (const [host, peer, state] of [
      [a, b, "MASTER"],
      [b, a, "BACKUP"],
    ] as const) {
      const unicast = { source: host.ipv4, peers: [peer.ipv4] };
      const priority = state === "MASTER" ? 150 : 100;
      const one = startRouter("vipkit", host, { ...FAST_ROUTERS.IPv4, priority, unicast });
      await one.becomes(state);
    }
    const bystander = await examine(c);
    assert.deepEqual([bystander.code, verdicts(bystander.of("master"))], [0, ["warn"]]);
    assert.equal((await examine(c, "--vrid", "51")).code, 1);
    for (const host of [a, b])
      assert.deepEqual(verdicts((await examine(host)).of("master")), ["ok"]);
  });
});
