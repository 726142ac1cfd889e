/** Accept mode beside keepalived's `no_accept`: a client must see the same of either. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { prepareRouter, reachOf } from "../support/reach.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

describe("what reaches a master", {
  concurrency: 4,
  skip: labMissing("keepalived", "nft", "fping"),
}, () => {
  for (const family of [4, 6] as const) {
    for (const noAccept of [false, true]) {
      test(`IPv${family}, ${noAccept ? "no_accept" : "accept"}: the same as of keepalived`, async () => {
        const router = FAST_ROUTERS[`IPv${family}`];
        const seen = [];
        for (const program of ["keepalived", "vipkit"] as const) {
          await using lan = await Lan.open("a", "client", "server");
          const { a, client, server } = lan.hosts;
          await prepareRouter(family, a, server);
          const master = startRouter(program, a, { ...router, priority: 200, noAccept });
          await master.becomes("MASTER");
          const own = family === 4 ? a.ipv4 : a.ipv6;
          seen.push(await reachOf(family, client, { own, virtual: addressOf(router) }));
        }
        assert.deepEqual(seen[1], seen[0]);
        assert.equal(seen[1]?.pingVirtual, !noAccept);
      });
    }
  }
});
