/** Several routers on one LAN: what must hold for all of them together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type IpBytes, parseIp } from "../../src/core/addr.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import { handoverLimitMs, masterDownMs } from "../../src/proto/vrrp/times.ts";
import { GOOD_LAN, Lan } from "../support/lan.ts";
import { advertBytes } from "../support/lan-adverts.ts";
import type { LanRouter } from "../support/lan-router.ts";
import { vrrpConfig } from "../support/vrrp.ts";

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
const BAD_LAN = { lossPct: 20, duplicatePct: 10, delayMs: 1, jitterMs: 40, latenessMs: 10 };
const FLAVOURS: Partial<VrrpConfig>[] = [
  { version: 3, adverIntervalMs: 100 },
  { version: 3, adverIntervalMs: 100, preempt: false },
  { version: 3, adverIntervalMs: 100, preemptDelayMs: 500 },
  { version: 2, adverIntervalMs: 1000 },
  { version: 2, adverIntervalMs: 1000, preempt: false },
];

/** 3 to 5 routers; now and then two of one priority. */
function routersOf(seed: number, flavour: Partial<VrrpConfig>): Partial<VrrpConfig>[] {
  const priorities = [150, 100, 50, seed % 2 === 0 ? 200 : 150, 1].slice(0, 3 + (seed % 3));
  return priorities.map((priority) => ({ ...flavour, priority }));
}

/** The longest that any of them may wait for an advert. */
const downMs = (lan: Lan): number =>
  Math.max(...lan.routers.map(({ config }) => masterDownMs(config, config.adverIntervalMs)));

/** Everybody is started within three seconds, and the election is over. */
function elect(lan: Lan): void {
  for (const router of lan.routers) lan.at(lan.below(3000), () => lan.start(router));
  lan.run(3000 + 3 * downMs(lan));
  assert.equal(lan.holders.length, 1);
}

const master = (lan: Lan): LanRouter => lan.holders[0] as LanRouter;

/** One blow of fate. */
function strike(lan: Lan): void {
  const router = lan.routers[lan.below(lan.routers.length)] as LanRouter;
  const blows = [
    () => lan.crash(router),
    () => lan.start(router),
    () => lan.feed(router, { kind: "stopped" }),
    () => lan.freeze(router),
    () => lan.thaw(router),
    () => lan.cutLink(router),
    () => lan.restoreLink(router),
    () => lan.feed(router, { kind: "addresses-lost" }),
    () => {
      for (const each of lan.routers) if (each.segment >= 0) each.segment = lan.below(2); // partition
    },
  ];
  blows[lan.below(blows.length)]?.();
}

function heal(lan: Lan): void {
  lan.quality = GOOD_LAN;
  for (const router of lan.routers) {
    lan.restoreLink(router);
    lan.thaw(router);
    lan.run(2 * handoverLimitMs(router.config)); // one that is about to end may end
    lan.start(router);
  }
}

for (const flavour of FLAVOURS) {
  const name = JSON.stringify(flavour);
  const isPreempting = flavour.preempt ?? true;

  test(`after any misfortune there is one master, of the right priority: ${name}`, () => {
    for (const seed of SEEDS) {
      const lan = new Lan(seed, routersOf(seed, flavour));
      lan.quality = BAD_LAN;
      for (const router of lan.routers) lan.at(lan.below(3000), () => lan.start(router));
      for (let blow = 0; blow < 40; blow += 1) {
        lan.run(lan.below(2 * downMs(lan)));
        strike(lan);
      }
      heal(lan);
      lan.run(3 * downMs(lan) + (flavour.preemptDelayMs ?? 0));
      assert.equal(lan.holders.length, 1, `seed ${seed}`);
      const best = Math.max(...lan.routers.map(({ config }) => config.priority));
      if (isPreempting) assert.equal(master(lan).config.priority, best, `seed ${seed}`);
      const { transitions } = lan;
      lan.run(20 * downMs(lan));
      assert.equal(lan.transitions, transitions, `seed ${seed}: peace lasts`);
    }
  });

  test(`a master that dies is replaced within the time of the protocol: ${name}`, () => {
    for (const seed of SEEDS) {
      const lan = new Lan(seed, routersOf(seed, flavour));
      elect(lan);
      for (let round = 0; round < 5; round += 1) {
        const victim = master(lan);
        const diedMs = lan.nowMs;
        const dies = seed % 2 === 0;
        if (dies) lan.crash(victim);
        else lan.cutLink(victim);
        lan.run(2 * downMs(lan));
        const { delayMs, latenessMs } = lan.quality;
        const without = lan.longestMs(diedMs, (holders) => holders === 0);
        assert.ok(without > 0 && without <= downMs(lan) + delayMs + 2 * latenessMs, `seed ${seed}`);
        assert.equal(lan.holders.length, 1, `seed ${seed}`);
        if (dies) lan.start(victim);
        else lan.restoreLink(victim);
        lan.run(3 * downMs(lan) + (flavour.preemptDelayMs ?? 0));
        assert.equal(master(lan) === victim, isPreempting && isBest(lan, victim), `seed ${seed}`);
      }
    }
  });

  test(`a master that is stopped hands over without a gap or a long overlap: ${name}`, () => {
    for (const seed of SEEDS) {
      const lan = new Lan(seed, routersOf(seed, flavour));
      elect(lan);
      while (lan.routers.some((router) => router.isUp)) {
        const leaving = master(lan);
        const isLast = lan.routers.filter((router) => router.isUp).length === 1;
        lan.run(lan.below(2 * leaving.config.adverIntervalMs));
        const stoppedMs = lan.nowMs;
        lan.feed(leaving, { kind: "stopped" });
        lan.run(handoverLimitMs(leaving.config) + lan.quality.latenessMs);
        assert.equal(leaving.isUp, false, `seed ${seed}`);
        if (isLast) break;
        const { delayMs } = lan.quality;
        assert.equal(
          lan.longestMs(stoppedMs, (holders) => holders === 0),
          0,
          `seed ${seed}`,
        );
        assert.ok(
          lan.longestMs(stoppedMs, (holders) => holders > 1) <= 2 * delayMs,
          `seed ${seed}`,
        );
        lan.run(2 * downMs(lan));
      }
      assert.deepEqual(lan.holders, []);
    }
  });
}

function isBest(lan: Lan, router: LanRouter): boolean {
  const others = lan.routers.filter((other) => other !== router);
  return others.every(({ config }) => config.priority < router.config.priority);
}

test("routers that start at the same moment agree within the delay of the LAN", () => {
  for (const seed of SEEDS) {
    const lan = new Lan(seed, [{}, {}, {}, {}, {}]);
    for (const router of lan.routers) lan.start(router);
    lan.run(60_000);
    assert.equal(lan.holders.length, 1);
    assert.ok(lan.longestMs(0, (holders) => holders > 1) <= 2 * lan.quality.delayMs);
  }
});

test("a faster master is waited for by its own interval", () => {
  const lan = new Lan(1, [{ priority: 200, adverIntervalMs: 100 }, { priority: 100 }]);
  elect(lan);
  const diedMs = lan.nowMs;
  lan.crash(master(lan));
  lan.run(400);
  assert.equal(lan.holders.length, 1);
  assert.ok(lan.longestMs(diedMs, (holders) => holders === 0) < 370);
});

test("a master that slept while another took over tells the LAN again where the address is", () => {
  for (const priority of [50, 200]) {
    const lan = new Lan(1, [{ priority }, { priority: 100 }]);
    const [sleeper, other] = lan.routers as [LanRouter, LanRouter];
    lan.start(sleeper);
    lan.run(5000);
    lan.start(other);
    lan.freeze(sleeper);
    sleeper.segment = 1; // a sleeping host does not even collect packets
    lan.run(10_000);
    assert.equal(lan.lastAnnouncer, other);
    sleeper.segment = 0;
    lan.thaw(sleeper);
    lan.run(10_000);
    assert.deepEqual(lan.holders, [priority > 100 ? sleeper : other]);
    assert.equal(lan.lastAnnouncer, master(lan));
  }
});

test("a backup that slept does not take over from a master that lives", () => {
  for (const collectsPackets of [true, false]) {
    const lan = new Lan(1, [{ priority: 200 }, { priority: 100 }]);
    elect(lan);
    const { transitions } = lan;
    const sleeper = lan.routers[1] as LanRouter;
    lan.freeze(sleeper);
    if (!collectsPackets) sleeper.segment = 1;
    lan.run(10_000);
    sleeper.segment = 0;
    lan.thaw(sleeper);
    lan.run(10_000);
    assert.equal(lan.transitions, transitions);
  }
});

test("junk on the LAN, 20 a second, makes nobody master and nobody yield", () => {
  const lan = new Lan(1, [{ priority: 100 }, { priority: 200 }]);
  elect(lan);
  const source = parseIp("10.0.0.66") as IpBytes;
  const good = advertBytes(vrrpConfig(), 255, source);
  const { transitions, nowMs } = lan;
  for (let n = 0; n < 1200; n += 1) {
    const payload = good.slice();
    if (n % 2 === 0) payload[n % 8] = ~(payload[n % 8] as number); // never the VRID
    lan.at(nowMs + 50 * n, () => lan.inject({ source, payload, ttl: n % 2 === 0 ? 255 : 254 }));
  }
  lan.run(60_000);
  assert.equal(lan.transitions, transitions);
});

test("a storm of valid weaker adverts is answered, but not with a storm", () => {
  const lan = new Lan(1, [{ priority: 100 }, { priority: 200 }]);
  elect(lan);
  const { transitions, nowMs } = lan;
  const sentBefore = master(lan).machine.counters.advertsSent;
  const source = parseIp("10.0.0.66") as IpBytes;
  const payload = advertBytes(vrrpConfig(), 50, source);
  for (let n = 0; n < 3000; n += 1) {
    lan.at(nowMs + 10 * n, () => lan.inject({ source, payload, ttl: 255 }));
  }
  lan.run(30_000);
  const sent = master(lan).machine.counters.advertsSent - sentBefore;
  assert.ok(sent >= 30 && sent <= 91, `${sent} adverts in 30 intervals`);
  assert.equal(lan.transitions, transitions);
});

test("of two owners the one with the higher address stays", () => {
  const lan = new Lan(1, [{ priority: 255 }, { priority: 255 }, { priority: 254 }]);
  elect(lan);
  assert.equal(master(lan), lan.routers[1]);
});

test("an owner that never yields is yielded to, and its death ends that", () => {
  const rival: Partial<VrrpConfig> = { priority: 255, ownerIgnoresAdverts: true };
  const lan = new Lan(1, [rival, { priority: 255 }]);
  for (const router of lan.routers) lan.start(router);
  lan.run(6000);
  assert.equal(master(lan), lan.routers[0]);
  lan.crash(master(lan));
  lan.run(6000);
  assert.equal(master(lan), lan.routers[1]);
});

test("backups that stall time and again, under a storm of bad adverts, let a living master be", () => {
  for (const seed of SEEDS) {
    const flavour = FLAVOURS[seed % FLAVOURS.length] as Partial<VrrpConfig>;
    const lan = new Lan(seed, routersOf(seed, flavour));
    elect(lan);
    lan.run(2000);
    const { transitions, nowMs } = lan;
    const backups = lan.routers.filter((router) => router !== master(lan));
    const { adverIntervalMs } = master(lan).config;
    const source = parseIp("10.0.0.66") as IpBytes;
    const payload = advertBytes(vrrpConfig(flavour), 255, source);
    for (let n = 0; n < 400; n += 1) {
      lan.at(nowMs + (n * adverIntervalMs) / 10, () => lan.inject({ source, payload, ttl: 254 }));
    }
    for (let n = 0; n < 20; n += 1) {
      const router = backups[lan.below(backups.length)] as LanRouter;
      lan.freeze(router);
      lan.run(lan.below(20 * adverIntervalMs));
      lan.thaw(router);
      lan.run(lan.below(2 * adverIntervalMs));
    }
    assert.equal(lan.transitions, transitions, `seed ${seed}`);
    const stalls = backups.map(({ machine }) => machine.counters.stalls);
    assert.ok(Math.max(...stalls) > 0, `seed ${seed}: nobody stalled`);
  }
});
