/** `vrrp status --wire` tells of keepalived what its configuration says, from a host without a router. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { addressOf, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("keepalived");

describe("who is master on the wire", { concurrency: 4, skip }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    test(`${format}: master, priority, interval and addresses`, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      const master = startRouter("keepalived", a, { ...router, priority: 150 });
      startRouter("keepalived", b, { ...router, priority: 100 });
      await master.becomes("MASTER");
      const { code, answer } = await listen(c);
      assert.equal(code, 0);
      const [only, ...others] = answer.instances;
      assert.equal(others.length, 0);
      const isIpv6 = router.vip.includes(":");
      assert.deepEqual(
        [only.vrid, only.family, only.version, only.vips],
        [
          51,
          isIpv6 ? "ipv6" : "ipv4",
          router.version,
          [{ address: addressOf(router), present: null }],
        ],
      );
      const { address, mac, priority, interval_ms, adverts, here } = only.master;
      assert.deepEqual(
        { address, mac, priority, interval_ms, here },
        {
          address: isIpv6 ? a.linkLocal : a.ipv4,
          mac: a.mac,
          priority: 150,
          interval_ms: router.intervalMs,
          here: false,
        },
      );
      assert.ok(adverts >= 3, `${adverts}`);
    });
  }

  test("two that do not understand each other are two masters", async () => {
    await using lan = await Lan.open("a", "b", "c");
    const { a, b, c } = lan.hosts;
    const router = WIRE_FORMATS["version 2 with PASS"];
    // Not keepalived: adverts that it does not believe silence it as MASTER.
    const one = startRouter("vipkit", a, { ...router, priority: 150 });
    const other = startRouter("vipkit", b, { ...router, password: "0ther", priority: 100 });
    await Promise.all([one.becomes("MASTER"), other.becomes("MASTER")]);
    const { code, answer } = await listen(c, "--vrid", "51");
    assert.equal(code, 1);
    const addresses = answer.instances[0].masters.map((it: { address: string }) => it.address);
    assert.deepEqual(new Set(addresses), new Set([a.ipv4, b.ipv4]));
  });

  test("a switch is told who wants to hear the groups", async (t) => {
    if (labMissing("tcpdump") !== false) return t.skip("needs tcpdump");
    await using lan = await Lan.open("a", "c");
    const { lines } = lan.hosts.a.spawn(...TCPDUMP, "igmp or ip6 proto 0");
    await lines.next(/listening on/);
    const listening = listen(lan.hosts.c, "--for", "1s");
    await lines.next(/gaddr 224\.0\.0\.18 to_ex/);
    await lines.next(/gaddr ff02::12 to_ex/);
    await listening;
  });

  test("a LAN without routers has no master", async () => {
    await using lan = await Lan.open("c");
    const { code, answer } = await listen(lan.hosts.c);
    assert.deepEqual([code, answer.instances], [1, []]);
  });
});

const TCPDUMP = ["tcpdump", "-i", "eth0", "-Z", "root", "-l", "-n", "-v", "--immediate-mode"];

async function listen(host: Host, ...more: string[]) {
  const program = host.spawn(
    ...[process.execPath, VIPKIT, "vrrp", "status", "--wire", "-I", "eth0", "-j", ...more],
  );
  const { code } = await program.ended;
  return { code, answer: JSON.parse(program.lines.all.join("\n")) };
}
