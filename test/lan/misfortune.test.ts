/**
 * Stalled loops, frozen and killed processes, cut cables and storms of bad adverts, at random on a LAN
 * that loses nothing: nobody takes over without a cause, and an address has one holder, for the kernel
 * ends the lease of a router that does not run. A seed repeats what it did.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import { chooseLeaseS, leaseEndMs } from "../../src/proto/vrrp/lease.ts";
import { fastestTakeoverMs, masterDownMs } from "../../src/proto/vrrp/times.ts";
import { Lan, type Takeover } from "../support/lan.ts";
import { storm } from "../support/lan-adverts.ts";
import type { LanRouter } from "../support/lan-router.ts";
import { vrrpConfig } from "../support/vrrp.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const FLAVOURS: readonly Partial<VrrpConfig>[] = [
  { version: 3, adverIntervalMs: 1000, preempt: false },
  { version: 2, adverIntervalMs: 1000, preempt: false },
  { version: 2, adverIntervalMs: 3000, preempt: false },
  { version: 3, adverIntervalMs: 100, preempt: false },
  { version: 3, adverIntervalMs: 1000 },
];

/** One blow of fate. */
function strike(lan: Lan): void {
  const router = lan.routers[lan.below(lan.routers.length)] as LanRouter;
  const { adverIntervalMs } = router.config;
  const blows = [
    () => lan.freeze(router),
    () => lan.thaw(router),
    () => lan.stall(router, lan.below(8 * adverIntervalMs)),
    () => lan.stall(router, lan.below(adverIntervalMs)),
    () => lan.kill(router),
    () => lan.crash(router),
    () => lan.start(router),
    () => lan.cutLink(router),
    () => lan.restoreLink(router),
    () => storm(lan, router.config, 3 * adverIntervalMs, adverIntervalMs / 20),
  ];
  blows[lan.below(blows.length)]?.();
}

/** Whether its host had heard for so long of nobody whom it must leave in peace. */
function isExplained({ cause, router, silentMs, heardPriority }: Takeover): boolean {
  if (cause.kind === "advert-timeout") return silentMs >= cause.limitMs;
  return cause.kind === "preempt" && heardPriority < router.config.priority;
}

/**
 * How long several may answer: 200 ms, and what the lease is longer than the patience of the peers, for
 * it is whole seconds; that twice, for two of the three may freeze one behind the other. Preemption
 * does not wait for a master to be silent: one that freezes just then answers until its lease ends.
 */
function disputeLimitMs(config: VrrpConfig): number {
  const endMs = leaseEndMs(config.leaseS ?? Number.NaN);
  return 200 + (config.preempt ? endMs : 2 * Math.max(0, endMs - fastestTakeoverMs(config)));
}

for (const flavour of FLAVOURS) {
  const leased = { ...flavour, leaseS: chooseLeaseS(vrrpConfig(flavour)) };
  const config = vrrpConfig(leased);
  const downMs = masterDownMs({ ...config, priority: 1 }, config.adverIntervalMs);

  test(`with stalls, freezes, kills, cuts and storms no takeover is without a cause: ${JSON.stringify(flavour)}`, () => {
    for (const seed of SEEDS) {
      const lan = new Lan(
        seed,
        [200, 150, 100].map((priority) => ({ ...leased, priority })),
      );
      for (const router of lan.routers) lan.start(router);
      for (let blow = 0; blow < 60; blow += 1) {
        lan.run(lan.below(2 * downMs));
        strike(lan);
      }
      assert.deepEqual(
        lan.takeovers.filter((takeover) => !isExplained(takeover)),
        [],
        `seed ${seed}`,
      );
      const disputeMs = lan.longestMs(0, (holders) => holders > 1);
      assert.ok(
        disputeMs <= disputeLimitMs(config),
        `seed ${seed}: several answered ${disputeMs} ms`,
      );

      for (const router of lan.routers) {
        lan.restoreLink(router);
        lan.thaw(router);
        lan.start(router);
      }
      lan.run(12 * downMs);
      assert.equal(lan.holders.length, 1, `seed ${seed}`);
      const { transitions } = lan;
      lan.run(20 * downMs);
      assert.equal(lan.transitions, transitions, `seed ${seed}: peace lasts`);
    }
  });
}
