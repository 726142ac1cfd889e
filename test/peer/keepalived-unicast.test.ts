/** vipkit and keepalived as unicast peers, each in both roles; what they say is for each other alone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, moveBothWays } from "../support/both-ways.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, PLAIN_FORMATS, startRouter } from "../support/router.ts";
import { Witness } from "../support/witness.ts";

describe("the address moves both ways by unicast", {
  concurrency: 4,
  skip: labMissing("keepalived", "tcpdump"),
}, () => {
  for (const [format, router] of Object.entries(PLAIN_FORMATS)) {
    for (const [lower, higher] of bothWays("keepalived")) {
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
        await moveBothWays(low, () => startRouter(higher, b, strong), probe);
        assert.deepEqual(witness.frames, []);
      });
    }
  }
});
