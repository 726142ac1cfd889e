/** `vrrp doctor` names what is wrong on the real kernel, and what it prints heals it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Finding } from "../../src/proto/doctor/finding.ts";
import { DOCTOR, examineHost as examine, paste, verdicts } from "../support/doctor-host.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import {
  addressOf,
  FAST_ROUTERS,
  startRouter,
  type VirtualRouter,
  WIRE_FORMATS,
} from "../support/router.ts";

const skip = labMissing();
const INPUT_HOOK = "type filter hook input priority";

async function master(host: Host, router: VirtualRouter) {
  const one = startRouter("vipkit", host, { ...router, priority: 150 });
  await one.becomes("MASTER");
}

describe("what the doctor finds", { concurrency: 4, skip }, () => {
  for (const [format, router] of Object.entries(FAST_ROUTERS)) {
    const family = format === "IPv4" ? "ip" : "ip6";

    test(`${format}: a healthy LAN has no fault, seen from each host`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      await master(a, router);
      const backup = startRouter("vipkit", b, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      for (const host of [a, b, c]) {
        const { code, findings, of } = await examine(host, "--vrid", "51");
        assert.deepEqual([code, findings.filter(({ verdict }) => verdict === "fail")], [0, []]);
        assert.match(of("holder")[0]?.seen ?? "", new RegExp(`^${addressOf(router)} is `));
      }
    });

    test(`${format}: nft drops the protocol, and the printed line heals it`, {
      skip: labMissing("nft"),
    }, async () => {
      await using lan = await Lan.open("a", "c");
      const { a, c } = lan.hosts;
      await master(a, router);
      const later = "type filter hook prerouting priority -300";
      for (const line of [
        `add table inet filter; add chain inet filter input { ${INPUT_HOOK} 0; policy drop; }`,
        "add rule inet filter input meta l4proto icmpv6 accept",
        `add table ${family} early; add chain ${family} early begin { ${later}; }`,
        `add rule ${family} early begin meta l4proto 112 drop`,
      ]) {
        await c.run("nft", line);
      }
      const ill = await examine(c);
      const [finding] = ill.of("firewall");
      assert.equal(ill.code, 1);
      assert.match(
        finding?.seen ?? "",
        /reach the interface \((\d+)\/\1\) but not the protocol socket \(0\/\1\)/,
      );
      assert.equal(finding?.fix.length, 2, "a line for each chain");
      await paste(c, finding);
      const healed = await examine(c);
      assert.deepEqual([healed.code, verdicts(healed.of("firewall"))], [0, ["ok"]]);
    });

    test(`${format}: both ways between two hosts, and with multicast lost in one`, {
      skip: labMissing("nft"),
    }, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      const peer = format === "IPv4" ? b.ipv4 : b.ipv6;
      const other = b.spawn(...DOCTOR, "--respond");
      await other.lines.next(/answers for 5m at/);
      const whole = { sent: 10, received: 10, at_interface: 10 };
      const all = { us_to_peer: whole, peer_to_us: whole };
      const sound = await examine(a, "--peer", peer);
      assert.deepEqual(sound.answer.matrix, { peer, multicast: all, unicast: all });
      assert.deepEqual(verdicts(sound.of("delivery")), ["ok"]);
      await other.lines.next(/asked$/);
      await other.lines.next(/multicast +us -> peer 10\/10 +peer -> us 10\/10/);

      await lan.dropMulticastOf(b);
      const ill = await examine(a, "--peer", peer);
      const none = { sent: 10, received: 0, at_interface: 0 };
      assert.deepEqual(ill.answer.matrix.multicast, { us_to_peer: whole, peer_to_us: none });
      assert.deepEqual(ill.answer.matrix.unicast, all);
      assert.deepEqual(verdicts(ill.of("delivery")), ["fail"]);
      assert.ok(ill.of("delivery")[0]?.fix[0]?.includes(`--peer ${peer}`));
      other.signal("SIGINT");
      assert.equal((await other.ended).code, 0);
    });
  }

  test("two masters that reject each other's password", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const router = WIRE_FORMATS["version 2 with PASS"];
    const one = startRouter("vipkit", a, { ...router, priority: 150 });
    const other = startRouter("vipkit", b, { ...router, password: "0ther", priority: 100 });
    await Promise.all([one.becomes("MASTER"), other.becomes("MASTER")]);
    const { code, of, findings } = await examine(c, "--for", "5s");
    assert.equal(code, 1);
    const [split] = of("master");
    for (const part of ["2 masters", a.ipv4, a.mac, "150", b.ipv4, b.mac, "100", "10.0.0.100"]) {
      assert.ok(split?.seen.includes(part), `${part} in ${split?.seen}`);
    }
    assert.match(of("authentication")[0]?.seen ?? "", /passwords differ/);
    assert.doesNotMatch(JSON.stringify(findings), /s3cret|0ther/);
    assert.deepEqual(verdicts(of("holder")), ["fail"], "both have the address");
  });

  test("two groups of routers use one VRID", { skip: labMissing("nft") }, async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    await lan.silence(b); // else the later one would see the other's adverts and not begin
    await master(a, FAST_ROUTERS.IPv4);
    await master(b, { ...FAST_ROUTERS.IPv4, vip: "10.0.0.77/24" });
    for (const host of [a, b]) {
      await host.run("nft", "add table inet deaf");
      await host.run("nft", `add chain inet deaf input { ${INPUT_HOOK} 0; policy drop; }`);
    }
    await lan.unsilence(b);
    const { code, of } = await examine(c);
    assert.equal(code, 1);
    const [collision] = of("vrid");
    assert.match(
      collision?.seen ?? "",
      /10\.0\.0\.1 for 10\.0\.0\.100; 10\.0\.0\.2 for 10\.0\.0\.77/,
    );
    assert.match(collision?.fix[0] ?? "", /vipkit vrrp id -I eth0 /);
  });

  test("an interface without a cable, without an address, or without leave to look", async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await a.run("ip", "address", "flush", "dev", "eth0", "scope", "global");
    const bare = await examine(a, "-4");
    assert.equal(bare.code, 1);
    assert.match(bare.of("address")[0]?.seen ?? "", /has no IPv4 address/);
    await lan.cut(a);
    const cut = await examine(a);
    assert.deepEqual([cut.code, cut.of("link")[0]?.verdict, cut.of("master")], [1, "fail", []]);

    const poor = b.spawn(
      "setpriv",
      "--bounding-set",
      "-all",
      "--inh-caps",
      "-all",
      "--reuid",
      "65534",
      ...DOCTOR,
    );
    assert.equal((await poor.ended).code, 2);
    assert.match(poor.lines.all.join("\n"), /needs CAP_NET_RAW/);
    const nowhere = b.spawn(...DOCTOR.slice(0, -1), "eth7");
    assert.equal((await nowhere.ended).code, 2);
  });

  test("rp_filter is told apart from a firewall, and its line heals it", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await master(a, FAST_ROUTERS.IPv4);
    await c.run(
      "sh",
      "-euc",
      "ip link add side type veth peer name end; ip link set side up; ip link set end up; ip route add 10.0.0.1/32 dev side",
    );
    await c.run("sysctl", "-w", "net.ipv4.conf.eth0.rp_filter=1");
    const ill = await examine(c);
    assert.match(ill.of("firewall")[0]?.seen ?? "", /rp_filter drops .* leads by side/);
    await paste(c, ill.of("firewall")[0]);
    assert.deepEqual(verdicts((await examine(c)).of("firewall")), ["ok"]);
  });

  test("a TTL that is not 255, and our own adverts that come back", {
    skip: labMissing("nft"),
  }, async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await master(a, FAST_ROUTERS.IPv4);
    await a.run("nft", "add table inet mangle");
    await a.run("nft", "add chain inet mangle out { type filter hook postrouting priority 0; }");
    await a.run("nft", "add rule inet mangle out ip protocol 112 ip ttl set 64");
    await lan.reflect(a);
    const far = await examine(c);
    assert.deepEqual([far.code, verdicts(far.of("ttl"))], [1, ["fail"]]);
    assert.match(far.of("ttl")[0]?.seen ?? "", /TTL 64 from 10\.0\.0\.1 \(02:00:00:00:00:01\)/);
    const own = await examine(a);
    assert.match(own.of("loop")[0]?.seen ?? "", /our own adverts come back to eth0/);
  });

  test("the firewall of the other end is known there, and nothing of it here", {
    skip: labMissing("nft"),
  }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    await b.run("nft", "add table inet fw");
    await b.run("nft", `add chain inet fw input { ${INPUT_HOOK} 0; policy drop; }`);
    const other = b.spawn(...DOCTOR, "--respond", "--for", "30s");
    await other.lines.next(/answers for 30s at/);
    const { code, answer } = await examine(a, "-4", "--peer", b.ipv4);
    assert.equal(code, 1);
    assert.deepEqual(answer.matrix.unicast.us_to_peer, {
      sent: 10,
      received: null,
      at_interface: null,
    });
    await other.lines.next(/^10\.0\.0\.1 asked$/);
    for (const way of ["multicast", "unicast"]) {
      await other.lines.next(
        new RegExp(`${way} +us -> peer not tried +peer -> us 0/10 \\(10 at the interface\\)`),
      );
    }
  });

  test("a bridge: its port hears nothing, and that it snoops without a querier is suspect", async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run(
      "sh",
      "-euc",
      "ip link add br0 type bridge mcast_snooping 1; ip link set br0 up; ip link set eth0 master br0",
    );
    const port = await examine(a);
    assert.equal(port.code, 1);
    assert.deepEqual(port.of("link")[0]?.fix, ["vipkit vrrp doctor -I br0"]);
    const bridge = async () => {
      const program = a.spawn(...DOCTOR.slice(0, -1), "br0", "-6", "-j", "--for", "1s");
      await program.ended;
      const { findings }: { findings: Finding[] } = JSON.parse(program.lines.all.join("\n"));
      return findings.find(({ check }) => check === "snooping");
    };
    const suspect = await bridge();
    assert.deepEqual(
      [suspect?.verdict, suspect?.seen.includes("br0 snoops without a querier")],
      ["warn", true],
    );
    await paste(a, suspect);
    assert.equal((await bridge())?.verdict, "skip");
  });

  test("CAP_NET_RAW is enough to look, and only the lines are less exact", {
    skip: labMissing("nft"),
  }, async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    await master(a, FAST_ROUTERS.IPv4);
    await c.run("nft", "add table inet odd");
    await c.run("nft", `add chain inet odd way { ${INPUT_HOOK} 0; policy drop; }`);
    const program = c.spawn(
      "setpriv",
      "--bounding-set",
      "-all,+net_raw",
      ...DOCTOR,
      "-j",
      "--for",
      "1s",
    );
    assert.equal((await program.ended).code, 1);
    const { findings }: { findings: Finding[] } = JSON.parse(program.lines.all.join("\n"));
    const fix = findings.find(({ check }) => check === "firewall")?.fix ?? [];
    assert.match(fix[0] ?? "", /^nft insert rule inet filter input iifname eth0 /);
    assert.ok(fix.some((line) => line.startsWith("# or: iptables ")));
  });
});
