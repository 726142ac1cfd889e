/** vipkit and keepalived as members of one virtual router, each in both roles, over every wire format. */
import { describe, test } from "node:test";
import { bothWays, moveBothWays } from "../support/both-ways.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, startRouter, WIRE_FORMATS } from "../support/router.ts";

// Almost all of their time they wait for the protocol's timers.
describe("the address moves both ways", { concurrency: 4, skip: labMissing("keepalived") }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    for (const [lower, higher] of bothWays("keepalived")) {
      test(`${format}: between a lower ${lower} and a higher ${higher}`, async () => {
        await using lan = await Lan.open("a", "b", "client");
        const { a, b, client } = lan.hosts;
        const low = startRouter(lower, a, { ...router, priority: 100 });
        await low.becomes("MASTER");
        const probe = await Probe.open(client, addressOf(router));

        const high = () => startRouter(higher, b, { ...router, priority: 200 });
        await moveBothWays(low, high, probe);
      });
    }
  }
});
