/** vipkit and FRR's vrrpd as members of one virtual router, each in both roles. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, moveBothWays } from "../support/both-ways.ts";
import { Frr, frrMissing } from "../support/frr.ts";
import { Lan } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

describe("the address moves both ways", { concurrency: 2, skip: frrMissing() }, () => {
  for (const [family, router] of Object.entries(FAST_ROUTERS)) {
    for (const [lower, higher] of bothWays("frr")) {
      test(`${family}: between a lower ${lower} and a higher ${higher}`, async () => {
        await using lan = await Lan.open("a", "b", "client");
        const { a, b, client } = lan.hosts;
        const low = startRouter(lower, a, { ...router, priority: 100 });
        await low.becomes("MASTER");
        const probe = await Probe.open(client, addressOf(router));

        const strong = { ...router, priority: 200 };
        await moveBothWays(
          low,
          () => startRouter(higher, b, strong),
          probe,
          async (high) => {
            const frr = [low, high].find((each) => each instanceof Frr) ?? assert.fail();
            const told = await frr.status();
            assert.equal(told.status, frr === low ? "Backup" : "Master");
            assert.equal(told.masterAdverInterval, router.intervalMs);
            assert.deepEqual(told.addresses, [addressOf(router)]);
            assert.ok(told.stats.adverRx > 0, "it heard nothing");
          },
        );
      });
    }
  }
});
