/** vipkit with the virtual MAC address beside FRR, which has no other way: version 3, both in both roles. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Frr, frrMissing } from "../support/frr.ts";
import { neighbourOf, virtualMacOf } from "../support/neighbour.ts";
import { type Host, Lan } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

/** FRR leaves to its users what keeps eth0 from answering for the virtual address, and asking for others. */
const prepare = (host: Host) =>
  host.run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_ignore=1", "net.ipv4.conf.eth0.arp_announce=2");

describe("beside FRR the virtual MAC address stays", {
  concurrency: 4,
  skip: frrMissing("tcpdump"),
}, () => {
  for (const [family, router] of Object.entries(FAST_ROUTERS)) {
    const [vip, mac] = [addressOf(router), virtualMacOf(router)];

    test(`${family}: a higher vipkit takes over from FRR and gives back to it`, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const witness = await Witness.open(client, `ether src ${mac}`);
      await prepare(a);
      const frr = new Frr(a, { ...router, priority: 100 });
      await frr.becomes("MASTER");
      const probe = await Probe.open(client, vip);
      assert.equal(await neighbourOf(client, vip), mac);

      const strong = { ...router, priority: 200, vmac: "adverts too" } as const;
      const vipkit = startRouter("vipkit", b, strong);
      await vipkit.becomes("MASTER");
      await frr.becomes("BACKUP");
      await witness.next(/VRRPv3, Advertisement, vrid 51, prio 200/);
      await probe.answer();
      assert.equal(await neighbourOf(client, vip), mac);
      const heard = await frr.status();
      assert.deepEqual([heard.status, heard.vmac, heard.masterAdverInterval], ["Backup", mac, 100]);

      await vipkit.stop();
      await frr.becomes("MASTER");
      await probe.answer();
      assert.equal(await neighbourOf(client, vip), mac);
      assert.equal((await frr.status()).status, "Master");
      assert.deepEqual(frr.complaints, []);
    });

    test(`${family}: a lower vipkit leaves the address to FRR and has it when FRR dies`, async () => {
      await using lan = await Lan.open("a", "b", "client");
      const { a, b, client } = lan.hosts;
      const vipkit = startRouter("vipkit", a, { ...router, priority: 100, vmac: "adverts too" });
      await vipkit.becomes("MASTER");
      const probe = await Probe.open(client, vip);
      await prepare(b);
      const frr = new Frr(b, { ...router, priority: 200 });
      await frr.becomes("MASTER");
      await vipkit.becomes("BACKUP");
      await probe.answer();
      assert.equal(await neighbourOf(client, vip), mac);
      assert.equal(await a.holds(vip), false);

      await frr.kill();
      await b.run("ip", "link", "set", "eth0", "down"); // what it held would go on to answer
      await vipkit.becomes("MASTER");
      await probe.answer();
      assert.equal(await neighbourOf(client, vip), mac);
      assert.deepEqual(frr.complaints, []);
    });
  }
});
