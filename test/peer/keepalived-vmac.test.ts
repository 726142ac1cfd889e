/** vipkit and keepalived with the virtual MAC address, each in both roles: what a client knows stays true. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Keepalived } from "../support/keepalived.ts";
import { neighbourOf, virtualMacOf } from "../support/neighbour.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import {
  addressOf,
  FAST_ROUTERS,
  type RouterProgram,
  startRouter,
  type VirtualRouter,
  WIRE_FORMATS,
} from "../support/router.ts";
import { Witness } from "../support/witness.ts";

const PAIRS: readonly (readonly [lower: RouterProgram, higher: RouterProgram])[] = [
  ["vipkit", "keepalived"],
  ["keepalived", "vipkit"],
];
const FORMATS: Readonly<Record<string, VirtualRouter>> = {
  ...FAST_ROUTERS,
  "version 2": WIRE_FORMATS["version 2"],
};

describe("the address moves both ways and its MAC address stays", {
  concurrency: 4,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const vmac of ["adverts too", "adverts below"] as const) {
    for (const [format, router] of Object.entries(FORMATS)) {
      for (const [lower, higher] of PAIRS) {
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
          assert.equal(await neighbourOf(client, vip), mac);

          const strong = { ...router, priority: 200, vmac };
          const preempting = startRouter(higher, b, strong);
          await preempting.becomes("MASTER");
          await low.becomes("BACKUP");
          await probe.answer();
          assert.equal(await neighbourOf(client, vip), mac);
          await preempting.stop();
          await low.becomes("MASTER");
          await probe.answer();

          const returned = startRouter(higher, b, strong);
          await returned.becomes("MASTER");
          await low.becomes("BACKUP");
          await returned.kill();
          await low.becomes("MASTER");
          await probe.answer();
          assert.equal(await neighbourOf(client, vip), mac);

          const adverts = witness.frames.filter(({ text }) => text.includes("VRRP"));
          assert.equal(adverts.length > 0, vmac === "adverts below", "adverts from below the VMAC");
          const routers = [low, preempting, returned].filter((r) => r instanceof Keepalived);
          assert.deepEqual(
            routers.flatMap((keepalived) => keepalived.complaints),
            [],
          );
        });
      }
    }
  }
});
