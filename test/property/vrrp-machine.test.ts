import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NEVER, type TimerExpired } from "../../src/proto/machine.ts";
import type { VrrpConfig } from "../../src/proto/vrrp/config.ts";
import type { VrrpFact, VrrpOrder } from "../../src/proto/vrrp/facts.ts";
import { chooseLeaseS } from "../../src/proto/vrrp/lease.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";
import { masterDownMs } from "../../src/proto/vrrp/times.ts";
import { vrrpConfig } from "../support/vrrp.ts";

const config: fc.Arbitrary<VrrpConfig> = fc
  .record({
    version: fc.constantFrom(2, 3),
    priority: fc.constantFrom(1, 100, 254, 255),
    adverIntervalMs: fc.constantFrom(10, 1000, 2000, 255_000),
    preempt: fc.boolean(),
    preemptDelayMs: fc.constantFrom(0, 5000),
    downAdverts: fc.constantFrom(1, 3, 100),
    startupDelayMs: fc.constantFrom(0, 2500),
    ownerIgnoresAdverts: fc.boolean(),
    advertisesOnYield: fc.boolean(),
    answersLower: fc.boolean(),
    garpDelayMs: fc.constantFrom(0, 700),
    garpRefreshMs: fc.constantFrom(0, 3000),
    onLoss: fc.constantFrom("restore", "release", "fault"),
    lossLimit: fc.constantFrom(1, 3),
  })
  .map((changes) =>
    vrrpConfig({
      ...changes,
      adverIntervalMs: Math.max(changes.adverIntervalMs, changes.version === 2 ? 1000 : 10),
      ownerIgnoresAdverts: changes.ownerIgnoresAdverts && changes.priority === 255,
    }),
  )
  .chain((config) =>
    fc.constantFrom({ ...config, leaseS: chooseLeaseS(config) }, { ...config, leaseS: null }),
  );

const fault = fc.constantFrom("link-down", "interface-gone", "no-source-address", "no-socket");
const source = fc.constantFrom("10.0.0.1", "10.0.0.9");
const fact: fc.Arbitrary<VrrpFact | TimerExpired> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "timer-expired" } as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { kind: "started" },
      { kind: "stopped" },
      { kind: "asked-to-yield" },
      { kind: "addresses-lost" },
      { kind: "addresses-taken", addresses: ["10.0.0.100"] },
      { kind: "addresses-refused", reason: "EINVAL" },
      { kind: "interface-changed" },
      { kind: "asked-to-yield", withinMs: 300 },
      { kind: "reconfigured", config: { priority: 1 } },
      { kind: "reconfigured", config: { priority: 254 } },
    ),
  },
  fc.record({ kind: fc.constantFrom("fault-raised", "fault-cleared"), fault }),
  fc.record({ kind: fc.constant("advert-rejected"), source, reason: fc.string() }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("advert-received"),
      source,
      priority: fc.constantFrom(0, 1, 100, 150, 255),
      adverIntervalMs: fc.constantFrom(10, 1000, 40_950),
      checksum: fc.constantFrom("pseudo-header", "bare"),
      peerWinsTie: fc.boolean(),
      addressesDiffer: fc.boolean(),
    }),
  },
);
/** In milliseconds; `long` is what it takes to become MASTER. */
type Pause = number | "long";
const pause: fc.Arbitrary<Pause> = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0, max: 5000, noNaN: true }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) }, // a storm
  { weight: 3, arbitrary: fc.constant("long") },
);
const steps = fc.array(fc.tuple(pause, fact), { maxLength: 60 });

/** A machine with what its orders have made of the world. */
class Watched {
  readonly machine: VrrpMachine;
  readonly config: VrrpConfig;
  advertsMs: number[] = []; // since it became MASTER
  nowMs = 0;
  held = false;
  renewedMs = 0; // when addresses were held for the last time
  resigned = false;
  refused = false; // the next time that addresses are to be held
  state: VrrpMachine["state"] = "init"; // as it was reported

  constructor(config: VrrpConfig) {
    this.config = config;
    this.machine = new VrrpMachine(config);
  }

  feed(fact: VrrpFact | TimerExpired): VrrpOrder[] {
    const orders = this.machine.handle(fact, this.nowMs);
    for (const order of orders) {
      if (order.kind === "hold-addresses" && order.held && this.refused) {
        this.refused = false;
        return this.feed({ kind: "addresses-refused", reason: "EINVAL" }); // all behind it is void
      }
      if (order.kind === "hold-addresses") {
        this.held = order.held;
        this.renewedMs = this.nowMs;
      }
      if (order.kind === "send-advert") {
        assert.equal(this.resigned, false, "who resigned is silent");
        this.resigned = order.priority === 0;
        this.advertsMs.push(this.nowMs);
      }
      if (order.kind === "report-no-successor") {
        this.resigned = false;
        this.advertsMs = [];
      }
      if (order.kind !== "report-transition") continue;
      assert.equal(order.from, this.state);
      this.state = order.to;
      this.resigned = false;
      this.advertsMs = [this.nowMs];
    }
    assert.equal(this.machine.state, this.state, "every transition is reported");
    return orders;
  }

  /** Time passes as with a punctual driver. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    while (this.machine.deadlineMs <= untilMs) {
      this.nowMs = this.machine.deadlineMs;
      this.feed({ kind: "timer-expired" });
    }
    this.nowMs = untilMs;
  }
}

/** Runs the steps with timers that are punctual or, else, only as good as the steps' own. */
function walk(config: VrrpConfig, punctual: boolean, facts: [Pause, VrrpFact | TimerExpired][]) {
  const watched = new Watched(config);
  const longMs = masterDownMs(config, config.adverIntervalMs);
  watched.feed({ kind: "started" });
  return {
    watched,
    *[Symbol.iterator]() {
      for (const [pause, fact] of facts) {
        const ms = pause === "long" ? longMs : pause;
        if (fact.kind === "reconfigured" && config.priority === 255) continue; // keeps it
        if (fact.kind === "addresses-refused") {
          watched.refused = true;
          continue;
        }
        if (punctual) watched.pass(ms);
        else watched.nowMs += ms;
        const deadlineMs = watched.machine.deadlineMs;
        const orders = watched.feed(fact);
        yield { fact, orders, deadlineMs };
      }
    },
  };
}

test("after every fact the deadline lies ahead; junk leaves it where it was", () => {
  fc.assert(
    fc.property(config, fc.boolean(), steps, (config, punctual, facts) => {
      const run = walk(config, punctual, facts);
      for (const { fact, orders, deadlineMs } of run) {
        if (fact.kind === "advert-rejected") {
          assert.equal(run.watched.machine.deadlineMs, deadlineMs);
          assert.deepEqual(orders, []);
        } else {
          assert.ok(run.watched.machine.deadlineMs > run.watched.nowMs);
        }
      }
    }),
  );
});

test("the addresses are held by MASTER and by nobody else", () => {
  fc.assert(
    fc.property(config, fc.boolean(), steps, (config, punctual, facts) => {
      const run = walk(config, punctual, facts);
      for (const _ of run) assert.equal(run.watched.held, run.watched.machine.state === "master");
    }),
  );
});

test("who holds the addresses has a deadline to renew their lease in time or to release them", () => {
  fc.assert(
    fc.property(config, fc.boolean(), steps, (config, punctual, facts) => {
      const run = walk(config, punctual, facts);
      for (const _ of run) {
        const { machine, renewedMs, nowMs } = run.watched;
        if (machine.state !== "master") continue;
        assert.notEqual(machine.deadlineMs, NEVER);
        if (config.leaseS === null) continue;
        const endMs = renewedMs + config.leaseS * 1000;
        assert.ok(machine.deadlineMs < endMs, "nothing will be done before the lease is over");
        if (punctual) assert.ok(nowMs < endMs, "the lease is over");
      }
    }),
    { numRuns: 1000 },
  );
});

test("who overslept its lease and every takeover limit holds nothing, unless it owns the addresses", () => {
  fc.assert(
    fc.property(config, fact, (config, waking) => {
      fc.pre(waking.kind !== "advert-rejected"); // does nothing at all
      const pace = { ...config, downAdverts: 3, startupDelayMs: 0 };
      const watched = new Watched({ ...pace, leaseS: chooseLeaseS(pace) });
      watched.feed({ kind: "started" });
      watched.pass(4 * config.adverIntervalMs);
      assert.equal(watched.machine.state, "master");
      const leaseMs = chooseLeaseS(pace) * 1000;
      watched.nowMs += Math.max(4 * config.adverIntervalMs, leaseMs);
      watched.feed(waking);
      if (config.priority !== 255) assert.equal(watched.held, false);
    }),
  );
});

test("feeding a timer that is not due does nothing", () => {
  fc.assert(
    fc.property(config, steps, (config, facts) => {
      const run = walk(config, true, facts);
      for (const _ of run) {
        const { deadlineMs } = run.watched.machine;
        assert.deepEqual(run.watched.feed({ kind: "timer-expired" }), []);
        assert.equal(run.watched.machine.deadlineMs, deadlineMs);
      }
    }),
  );
});

test("after a stop and the time of a hand-over nothing is left", () => {
  fc.assert(
    fc.property(config, fc.boolean(), steps, (config, punctual, facts) => {
      const { watched, ...run } = walk(config, punctual, facts);
      for (const _ of run);
      watched.feed({ kind: "stopped" });
      watched.pass(2 * Math.max(config.adverIntervalMs, 1000));
      assert.equal(watched.machine.state, "init");
      assert.equal(watched.held, false);
      assert.equal(watched.machine.deadlineMs, NEVER);
    }),
  );
});

test("whatever is heard, a MASTER is never silent for longer than its interval", () => {
  fc.assert(
    fc.property(config, steps, (config, facts) => {
      const run = walk(config, true, facts);
      for (const _ of run) {
        const { machine, resigned, nowMs, advertsMs } = run.watched;
        if (machine.state !== "master" || resigned) continue;
        assert.ok(nowMs - (advertsMs.at(-1) ?? 0) <= config.adverIntervalMs);
      }
    }),
  );
});

test("whatever is heard, any three adverts of a MASTER take it half an interval", () => {
  fc.assert(
    fc.property(config, steps, (config, facts) => {
      const run = walk(config, true, facts);
      for (const _ of run) {
        const { machine, resigned, advertsMs } = run.watched;
        if (machine.state !== "master" || resigned) continue;
        const [first = 0, , third = NEVER] = advertsMs.slice(-3);
        assert.ok(third - first >= config.adverIntervalMs / 2);
      }
    }),
  );
});

test("the same facts give the same orders, also after a trip through JSON", () => {
  fc.assert(
    fc.property(config, steps, (config, facts) => {
      const again = JSON.parse(JSON.stringify(facts));
      const orders = [...walk(config, false, facts)].map((step) => step.orders);
      assert.deepEqual(
        [...walk(config, false, again)].map((step) => step.orders),
        JSON.parse(JSON.stringify(orders)),
      );
    }),
  );
});
