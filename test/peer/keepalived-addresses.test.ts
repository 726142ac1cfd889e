/** vipkit and keepalived share more addresses than one: on another interface, in no advert, and many. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays } from "../support/both-ways.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter, type VirtualRouter } from "../support/router.ts";

const ROUTERS: Readonly<Record<string, VirtualRouter & { readonly asked: string }>> = {
  "another interface, label, scope, and addresses in no advert": {
    ...FAST_ROUTERS.IPv4,
    asked: "10.1.0.100",
    moreVips: ["10.1.0.100/32 dev eth1 label x scope link"],
    excludedVips: ["fd00::100/64", "10.2.0.100/24 dev eth1"],
  },
  "40 addresses in the adverts": {
    ...FAST_ROUTERS.IPv4,
    asked: "10.0.0.139",
    moreVips: Array.from({ length: 39 }, (_, n) => `10.0.0.${101 + n}/32`),
  },
  "a link-local address before the others": {
    ...FAST_ROUTERS.IPv6,
    asked: "fd00::100",
    vip: "fe80::100/64",
    moreVips: ["fd00::100/64", "fd00::101/64 dev eth1"],
  },
};

describe("all addresses move both ways", { concurrency: 2, skip: labMissing("keepalived") }, () => {
  for (const [name, router] of Object.entries(ROUTERS)) {
    for (const [lower, higher] of bothWays("keepalived")) {
      test(`${name}: between a lower ${lower} and a higher ${higher}`, async () => {
        await using lan = await Lan.open("a", "b", "client");
        const { a, b, client } = lan.hosts;
        await lan.plugSecond(a, b, client);
        const low = startRouter(lower, a, { ...router, priority: 100 });
        await low.becomes("MASTER");
        const texts = [router.vip, ...(router.moreVips ?? []), ...(router.excludedVips ?? [])];
        const addresses = texts.map((text) => addressOf({ ...router, vip: text }));
        const moved = async (to: typeof a, from: typeof a): Promise<void> => {
          const [there, left] = [
            await to.run("ip", "-o", "address"),
            await from.run("ip", "-o", "address"),
          ];
          for (const address of addresses) {
            assert.ok(there.includes(` ${address}/`), `${to.name} lacks ${address}`);
            assert.ok(!left.includes(` ${address}/`), `${from.name} keeps ${address}`);
          }
        };
        const probe = await Probe.open(client, router.asked);
        const high = startRouter(higher, b, { ...router, priority: 200 });
        await high.becomes("MASTER");
        await low.becomes("BACKUP");
        await probe.answer();
        await moved(b, a);
        await high.stop();
        await low.becomes("MASTER");
        await probe.answer();
        await moved(a, b);
        assert.deepEqual([...low.complaints, ...high.complaints], []);
      });
    }
  }
});
