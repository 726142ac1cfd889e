/** vipkit and keepalived as unicast peers, each in both roles; what they say is for each other alone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Keepalived } from "../support/keepalived.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
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

describe("the address moves both ways by unicast", {
  concurrency: 4,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const [format, router] of Object.entries(FORMATS)) {
    for (const [lower, higher] of PAIRS) {
      test(`${format}: between a lower ${lower} and a higher ${higher}`, async () => {
        await using lan = await Lan.open("a", "b", "client");
        const { a, b, client } = lan.hosts;
        const own = (host: Host) => (router.vip.includes(":") ? host.ipv6 : host.ipv4);
        const between = (self: Host, peer: Host) => ({
          unicast: { source: own(self), peers: [own(peer)] },
        });
        const witness = await Witness.open(client, "multicast and (ip proto 112 or ip6 proto 112)");
        const low = startRouter(lower, a, { ...router, priority: 100, ...between(a, b) });
        await low.becomes("MASTER");
        const probe = await Probe.open(client, addressOf(router));

        const strong = { ...router, priority: 200, ...between(b, a) };
        const preempting = startRouter(higher, b, strong);
        await preempting.becomes("MASTER");
        await low.becomes("BACKUP");
        await probe.answer();
        await preempting.stop();
        await low.becomes("MASTER");
        await probe.answer();

        const returned = startRouter(higher, b, strong);
        await returned.becomes("MASTER");
        await low.becomes("BACKUP");
        await returned.kill();
        await low.becomes("MASTER");
        await probe.answer();

        const routers = [low, preempting, returned].filter((r) => r instanceof Keepalived);
        assert.deepEqual(
          routers.flatMap((keepalived) => keepalived.complaints),
          [],
        );
        assert.deepEqual(witness.frames, []);
      });
    }
  }
});
