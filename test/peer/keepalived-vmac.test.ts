/** vipkit and keepalived with the virtual MAC address, each in both roles: what a client knows stays true. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, moveBothWays } from "../support/both-ways.ts";
import { neighbourOf, virtualMacOf } from "../support/neighbour.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, PLAIN_FORMATS, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

describe("the address moves both ways and its MAC address stays", {
  concurrency: 4,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const vmac of ["adverts too", "adverts below"] as const) {
    for (const [format, router] of Object.entries(PLAIN_FORMATS)) {
      for (const [lower, higher] of bothWays("keepalived")) {
        test(`${format}, ${vmac}: between a lower ${lower} and a higher ${higher}`, async () => {
          await using lan = await Lan.open("a", "b", "client");
          const { a, b, client } = lan.hosts;
          const [vip, mac] = [addressOf(router), virtualMacOf(router)];
          const witness = await Witness.open(client, `ether src ${a.mac} or ether src ${b.mac}`);
          // keepalived 2.2.7 leaves this to its users: else its host asks for the client on behalf of the
          // virtual address, with the MAC address of eth0, and the client learns that.
          const keepalivedHost = lower === "keepalived" ? a : b;
          await keepalivedHost.run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_announce=2");
          const low = startRouter(lower, a, { ...router, priority: 100, vmac });
          await low.becomes("MASTER");
          const probe = await Probe.open(client, vip);
          const unmoved = async () => assert.equal(await neighbourOf(client, vip), mac);
          await unmoved();
          const strong = { ...router, priority: 200, vmac };
          await moveBothWays(low, () => startRouter(higher, b, strong), probe, unmoved);
          await unmoved();
          const adverts = witness.frames.filter(({ text }) => text.includes("VRRP"));
          assert.equal(adverts.length > 0, vmac === "adverts below", "adverts from below the VMAC");
        });
      }
    }
  }
});

test("what a killed keepalived left keeps vipkit from its start until it is removed", {
  skip: labMissing("keepalived"),
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const router = PLAIN_FORMATS.IPv4;
  const killed = startRouter("keepalived", a, { ...router, priority: 200, vmac: "adverts too" });
  await killed.becomes("MASTER");
  await killed.kill();
  const master = startRouter("keepalived", b, { ...router, priority: 150, vmac: "adverts too" });
  await master.becomes("MASTER");
  for (const more of [[], ["--vmac"]]) {
    const refused = startRouter("vipkit", a, { ...router, priority: 100, more });
    await refused.program.lines.next(/VRID 51 on eth0 is in use on this host: vrrp\.51 has/);
    assert.equal((await refused.program.ended).code, 2);
  }
  await a.run("ip", "link", "delete", "vrrp.51");
  const backup = startRouter("vipkit", a, { ...router, priority: 100 });
  await backup.becomes("BACKUP");
  await master.stop();
  assert.match(await backup.becomes("MASTER"), /cause=peer-resigned/);
});
