/** `vrrp doctor` beside keepalived and FRR: it finds no fault where there is none, and disturbs nobody. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { examineHost, paste, verdicts } from "../support/doctor-host.ts";
import { Frr, frrMissing } from "../support/frr.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, type Router, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived");
const DOCTOR = [process.execPath, VIPKIT, "vrrp", "doctor", "-I", "eth0"];

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly seen: string;
  readonly fix: readonly string[];
}

async function examine(host: Host, ...more: string[]) {
  const program = host.spawn(...DOCTOR, "-j", ...more);
  const { code } = await program.ended;
  const { findings, matrix }: { findings: Finding[]; matrix: unknown } = JSON.parse(
    program.lines.all.join("\n"),
  );
  const bad = findings.filter(({ verdict }) => verdict !== "ok" && verdict !== "skip");
  const of = (check: string) => findings.find((it) => it.check === check)?.seen ?? "";
  return { code, bad, of, matrix };
}

/** What a router has logged so far, which the probes must not add to. */
const changesOf = (router: Router) =>
  router.program.lines.all.filter((line) => /STATE|->/.test(line));

describe("a LAN of keepalived", { concurrency: 3, skip }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    test(`${format}: no fault, from master, backup and a third`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      const backup = startRouter("keepalived", b, { ...router, priority: 100 });
      await master.becomes("MASTER");
      const time = router.intervalMs < 1000 ? ["--for", "1s"] : [];
      const answers = await Promise.all([a, b, c].map((host) => examine(host, ...time)));
      for (const { code, bad } of answers) assert.deepEqual([code, bad], [0, []]);
      assert.match(answers[2]?.of("master") ?? "", /vrid 51.*priority 150/);
      assert.match(answers[2]?.of("holder") ?? "", /02:00:00:00:00:01, the master/);
      assert.deepEqual([master.complaints, backup.complaints], [[], []]);
    });
  }

  for (const [format, router] of Object.entries(FAST_ROUTERS)) {
    test(`${format}: probes of the two-sided test go by unnoticed`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      await master.becomes("MASTER");
      const backup = startRouter("vipkit", b, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      const before = [master, backup].map(changesOf);
      const other = b.spawn(...DOCTOR, "--respond", "--for", "30s");
      await other.lines.next(/answers for/);
      const peer = format === "IPv4" ? b.ipv4 : b.linkLocal;
      for (const host of [a, c]) {
        const { code, matrix } = await examine(host, "--for", "1s", "--peer", peer);
        assert.equal(code, 0);
        const whole = { sent: 10, received: 10, at_interface: 10 };
        const all = { us_to_peer: whole, peer_to_us: whole };
        assert.deepEqual(matrix, { peer, multicast: all, unicast: all });
      }
      assert.deepEqual([master, backup].map(changesOf), before);
      assert.deepEqual([master.complaints, backup.complaints], [[], []]);
    });
  }

  for (const [format, router] of Object.entries(FAST_ROUTERS)) {
    test(`${format}: what a killed keepalived left is removed by the printed line, and only there`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      await master.becomes("MASTER");
      const backup = startRouter("keepalived", b, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      await master.kill();
      await backup.becomes("MASTER");
      const others = [await examineHost(b), await examineHost(c)];
      for (const { of } of others) {
        assert.equal(of("holder")[0]?.verdict, "fail");
        for (const line of of("holder")[0]?.fix ?? []) assert.match(line, /^# /);
      }
      await paste(a, (await examineHost(a)).of("holder")[0]);
      for (const host of [a, b, c]) {
        assert.deepEqual(verdicts((await examineHost(host)).of("holder")), ["ok"]);
      }
    });

    test(`${format}: keepalived whose firewall drops what goes out is heard again by the printed line`, {
      skip: labMissing("nft"),
    }, async () => {
      await using lan = await Lan.open("a", "b");
      const { a, b } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      await master.becomes("MASTER");
      const backup = startRouter("keepalived", b, { ...router, priority: 100 });
      await backup.becomes("BACKUP");
      await a.run("nft", "add table inet out");
      await a.run("nft", "add chain inet out way { type filter hook output priority 0; }");
      await a.run("nft", "add rule inet out way meta l4proto 112 drop");
      await backup.becomes("MASTER");
      const { findings, of } = await examineHost(a);
      const outgoing = of("firewall").find(({ verdict }) => verdict === "fail");
      const rest = findings.filter((one) => one !== outgoing).flatMap(({ fix }) => fix);
      for (const line of rest) assert.match(line, /^# /);
      await paste(a, outgoing);
      await backup.becomes("BACKUP");
    });
  }

  test("of two that reject each other's password no one is told to give the address away", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const router = WIRE_FORMATS["version 2 with PASS"];
    const routers = [
      startRouter("keepalived", a, { ...router, priority: 150 }),
      startRouter("keepalived", b, { ...router, password: "0ther", priority: 100 }),
    ];
    await Promise.all(routers.map((one) => one.becomes("MASTER")));
    const answers = await Promise.all([a, b, c].map((host) => examineHost(host, "--for", "3s")));
    for (const { code, of } of answers) {
      assert.equal(code, 1);
      const advice = of("holder").flatMap(({ fix }) => fix);
      // The one with the lower priority may be silent for long: what it does not believe silences it.
      assert.match(advice.join("\n"), /see master|--for 30s/);
      for (const line of advice) assert.match(line, /^# /);
    }
  });

  test("one address under two VRIDs", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const routers = [
      startRouter("keepalived", a, { ...FAST_ROUTERS.IPv4, priority: 150 }),
      startRouter("keepalived", b, { ...FAST_ROUTERS.IPv4, vrid: 52, priority: 100 }),
    ];
    await Promise.all(routers.map((one) => one.becomes("MASTER")));
    for (const host of [a, b, c]) {
      const { code, of } = await examineHost(host);
      assert.equal(code, 1);
      assert.equal(
        of("vrid")[0]?.seen,
        "10.0.0.100 is advertised under vrid 51 by 10.0.0.1 and vrid 52 by 10.0.0.2: one of them has the wrong VRID",
      );
      for (const line of of("holder").flatMap(({ fix }) => fix)) assert.match(line, /see vrid$/);
    }
  });

  test("with a VMAC the address is at the virtual MAC address", async () => {
    await using lan = await Lan.open("a", "c");
    const { a, c } = lan.hosts;
    const vmac = "adverts too";
    const master = startRouter("keepalived", a, { ...FAST_ROUTERS.IPv4, priority: 150, vmac });
    await master.becomes("MASTER");
    const { code, bad, of } = await examine(c, "--for", "1s");
    assert.deepEqual([code, bad], [0, []]);
    assert.match(of("holder"), /at 00:00:5e:00:01:33, the virtual MAC address/);
    const own = await examine(a, "--for", "1s"); // keepalived leaves arp_announce as it is
    assert.deepEqual(
      own.bad.flatMap(({ fix }) => fix),
      ["sysctl -w net/ipv4/conf/eth0/arp_announce=2"],
    );
  });
});

describe("a LAN of FRR", { skip: frrMissing() }, () => {
  for (const [format, router] of Object.entries(FAST_ROUTERS)) {
    test(`${format}: no fault, and the probes go by unnoticed`, async () => {
      await using lan = await Lan.open("a", "c");
      const { a, c } = lan.hosts;
      const master = new Frr(a, { ...router, priority: 150 });
      await master.becomes("MASTER");
      const other = a.spawn(...DOCTOR, "--respond", "--for", "30s");
      await other.lines.next(/answers for/);
      const peer = format === "IPv4" ? a.ipv4 : a.linkLocal;
      if (format === "IPv4") {
        const untuned = await examine(c, "--for", "1s");
        assert.equal(untuned.code, 1);
        assert.match(untuned.of("holder"), /is at 2 places: 02:00:00:00:00:01, 00:00:5e:00:01:33/);
        const lines = (await examine(a, "--for", "1s")).bad.flatMap(({ fix }) => fix);
        assert.ok(lines.includes("sysctl -w net/ipv4/conf/eth0/arp_ignore=1"));
        for (const line of lines) await a.run("sh", "-euc", line);
      }
      const { code, bad, of } = await examine(c, "--for", "1s", "--peer", peer);
      assert.deepEqual([code, bad], [0, []]);
      assert.match(of("holder"), /the virtual MAC address/);
      assert.equal((await master.status()).status, "Master");
    });
  }
});
