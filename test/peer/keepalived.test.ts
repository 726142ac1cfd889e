/** vipkit and keepalived as members of one virtual router, each in both roles, over every wire format. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Keepalived } from "../support/keepalived.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, type RouterProgram, startRouter, WIRE_FORMATS } from "../support/router.ts";

const PAIRS: readonly (readonly [lower: RouterProgram, higher: RouterProgram])[] = [
  ["vipkit", "keepalived"],
  ["keepalived", "vipkit"],
];

// Almost all of their time they wait for the protocol's timers.
describe("the address moves both ways", { concurrency: 4, skip: labMissing("keepalived") }, () => {
  for (const [format, router] of Object.entries(WIRE_FORMATS)) {
    for (const [lower, higher] of PAIRS) {
      test(`${format}: between a lower ${lower} and a higher ${higher}`, async () => {
        await using lan = await Lan.open("a", "b", "client");
        const { a, b, client } = lan.hosts;
        const low = startRouter(lower, a, { ...router, priority: 100 });
        await low.becomes("MASTER");
        const probe = await Probe.open(client, addressOf(router));

        const preempting = startRouter(higher, b, { ...router, priority: 200 });
        await preempting.becomes("MASTER");
        await low.becomes("BACKUP");
        await probe.answer();
        await preempting.stop();
        await low.becomes("MASTER");
        await probe.answer();

        const returned = startRouter(higher, b, { ...router, priority: 200 });
        await returned.becomes("MASTER");
        await low.becomes("BACKUP");
        await returned.kill();
        await low.becomes("MASTER");
        await probe.answer();

        const routers = [low, preempting, returned].filter((r) => r instanceof Keepalived);
        const complaints = routers.flatMap((keepalived) => keepalived.complaints);
        assert.deepEqual(complaints, []);
      });
    }
  }
});
