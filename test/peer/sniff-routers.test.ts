/** What `vrrp sniff` tells of keepalived and of FRR is what they were set up to be, and what they do. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { frrMissing } from "../support/frr.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter, WIRE_FORMATS } from "../support/router.ts";
import { Sniffer } from "../support/sniffer.ts";

const cases = [
  ...Object.entries(WIRE_FORMATS).map((entry) => ["keepalived", ...entry] as const),
  ...Object.entries(FAST_ROUTERS).map((entry) => ["frr", ...entry] as const),
];

describe("an onlooker beside routers", { concurrency: 4 }, () => {
  for (const [peer, format, router] of cases) {
    const skip = peer === "frr" ? frrMissing() : labMissing("keepalived");
    const isIpv6 = router.vip.includes(":");

    test(`${peer}, ${format}: master and its settings, and no fault with a silent backup`, {
      skip,
    }, async () => {
      await using lan = await Lan.open("a", "b", "c");
      const { a, b, c } = lan.hosts;
      const master = startRouter(peer, a, { ...router, priority: 150 });
      startRouter(peer, b, { ...router, priority: 100 });
      await master.becomes("MASTER");
      const sniffer = await Sniffer.open(c, "--expect-single-master", "-c", "4");
      const { code, summary, violations } = await sniffer.end(null);
      const adverts = sniffer.records("advert");
      const last = adverts.at(-1) ?? assert.fail("no advert");
      const wrong = adverts.filter(({ verdict }) => verdict !== "ok");
      assert.deepEqual([code, violations, wrong], [0, [], []]);
      assert.deepEqual([summary.senders, summary.vrids, summary.masters], [1, 1, 1]);
      const { version, vrid, priority, interval_ms, ttl, addresses, verdict, direction } = last;
      assert.deepEqual(
        { version, vrid, priority, interval_ms, ttl, addresses, verdict, direction },
        {
          version: router.version,
          vrid: router.vrid,
          priority: 150,
          interval_ms: router.intervalMs,
          ttl: 255,
          addresses: [addressOf(router)],
          verdict: "ok",
          direction: "in",
        },
      );
      assert.deepEqual([last.master, last.auth], [last.source, authOf(router)]);
      if (!(isIpv6 && peer === "frr")) assert.equal(last.source, isIpv6 ? a.linkLocal : a.ipv4);
      if (peer === "keepalived") assert.equal(last.source_mac, a.mac);
    });

    for (const end of ["stop", "kill"] as const) {
      test(`${peer}, ${format}: a failover by ${end} is a change of its cause`, {
        skip,
      }, async () => {
        await using lan = await Lan.open("a", "b", "c");
        const { a, b, c } = lan.hosts;
        const master = startRouter(peer, a, { ...router, priority: 150 });
        await master.becomes("MASTER");
        const backup = startRouter(peer, b, { ...router, priority: 100 });
        await backup.becomes("BACKUP");
        const sniffer = await Sniffer.open(c, "--follow");
        const first = await sniffer.next('"change":"new-master"');
        assert.deepEqual([first.cause, first.priority], ["first", 150]);
        await master[end]();
        const second = await sniffer.next('"change":"new-master"');
        const { cause, former, priority, addresses } = second;
        assert.deepEqual(
          { cause, former, priority, addresses },
          {
            cause: end === "stop" ? "resigned" : "silence",
            former: first.source,
            priority: 100,
            addresses: [addressOf(router)],
          },
        );
        const { code, summary } = await sniffer.end();
        assert.deepEqual([code, summary.takeovers, summary.splits], [0, 1, 0]);
        const changes = sniffer.records("change").map(({ change }) => change);
        assert.deepEqual(
          changes.filter((change) => change !== "lost"), // a slow machine's backup is late
          end === "stop" ? ["new-master", "resigned", "new-master"] : ["new-master", "new-master"],
        );
      });
    }
  }
});

const authOf = (router: object): string => ("password" in router ? "simple" : "none");
