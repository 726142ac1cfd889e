/** Addresses of a silent MASTER are kept for its successor, and are gone before any peer takes over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { canProlong, type KeptLease, prolongedS } from "../../../../src/proto/ha/lease-custody.ts";
import { chooseLeaseS, leaseEndMs } from "../../../../src/proto/vrrp/lease.ts";
import { fastestTakeoverMs, type Pace } from "../../../../src/proto/vrrp/times.ts";

const paceOf = (adverIntervalMs: number, downAdverts = 3): Pace => ({
  version: 3,
  adverIntervalMs,
  downAdverts,
});

/** Renewed at 0. */
const leaseOf = (pace: Pace): KeptLease => ({
  pace,
  renewedMs: 0,
  untilMs: chooseLeaseS(pace) * 1000,
});

test("at adverts of 1 s another one of 2 s ends in time at first, then one of 1 s that reaches further", () => {
  const lease = leaseOf(paceOf(1000));
  const found = [500, 510, 1000, 1001, 1630, 1640, 2500].map((nowMs) => prolongedS(lease, nowMs));
  assert.deepEqual(found, [2, undefined, undefined, 1, 1, undefined, undefined]);
});

test("whatever the pace: each new lease outlasts the former one, and none a takeover", () => {
  for (const adverIntervalMs of [500, 800, 1000, 1500, 2000, 5000, 40_950]) {
    for (const downAdverts of [2, 3, 10]) {
      const pace = paceOf(adverIntervalMs, downAdverts);
      let lease = leaseOf(pace);
      for (let nowMs = 0; nowMs < 2 * fastestTakeoverMs(pace); nowMs += 50) {
        const leaseS = prolongedS(lease, nowMs);
        if (leaseS === undefined) continue;
        assert.ok(nowMs + leaseS * 1000 > lease.untilMs);
        assert.ok(nowMs + leaseEndMs(leaseS) <= fastestTakeoverMs(pace), `${adverIntervalMs}`);
        lease = { ...lease, untilMs: nowMs + leaseS * 1000 };
      }
    }
  }
});

test("without a lease, or where the shortest one lasts too long, there is nothing to prolong", () => {
  assert.equal(canProlong({ ...paceOf(1000), leaseS: 2 }), true);
  assert.equal(canProlong({ ...paceOf(1000), leaseS: null }), false);
  assert.equal(canProlong({ ...paceOf(10), leaseS: 1 }), false);
});
