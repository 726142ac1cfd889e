import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLeaseS, leaseCaveat, leaseEndMs } from "../../../../src/proto/vrrp/lease.ts";
import { fastestTakeoverMs } from "../../../../src/proto/vrrp/times.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

test("the lease is the longest that the kernel has ended before a peer of priority 254 takes over", () => {
  for (const version of [2, 3] as const) {
    for (const adverIntervalMs of [1000, 2000, 10_000, 40_000]) {
      const pace = vrrpConfig({ version, adverIntervalMs });
      const leaseS = chooseLeaseS(pace);
      assert.ok(leaseEndMs(leaseS) <= fastestTakeoverMs(pace), `${leaseS}s of ${adverIntervalMs}`);
      assert.ok(
        leaseEndMs(leaseS + 1) > fastestTakeoverMs(pace),
        `${leaseS}s of ${adverIntervalMs}`,
      );
    }
  }
  assert.equal(chooseLeaseS(vrrpConfig()), 2);
});

test("a lease of our choice outlives the pause between two adverts at any interval", () => {
  for (let adverIntervalMs = 10; adverIntervalMs <= 40_950; adverIntervalMs += 10) {
    for (const downAdverts of [1, 3]) {
      const leaseS = chooseLeaseS(vrrpConfig({ adverIntervalMs, downAdverts }));
      assert.ok(leaseS * 1000 > adverIntervalMs);
    }
  }
});

test("below 0.46s whole seconds leave no room: the shortest lease is taken, and what that means is said", () => {
  const at = (adverIntervalMs: number) => {
    const leaseS = chooseLeaseS(vrrpConfig({ adverIntervalMs }));
    return { leaseS, caveat: leaseCaveat(vrrpConfig({ leaseS, adverIntervalMs })) };
  };
  assert.deepEqual(at(460), { leaseS: 1, caveat: null });
  assert.equal(at(450).leaseS, 1);
  assert.match(at(450).caveat ?? "", /a lease of 1s within 1.377s, .* take over after 1.354s/);
});

test("without a lease there is nothing to warn of, with too long a one there is", () => {
  assert.equal(leaseCaveat(vrrpConfig({ leaseS: null, adverIntervalMs: 10 })), null);
  assert.match(leaseCaveat(vrrpConfig({ leaseS: 3 })) ?? "", /lease of 3s/);
});

test("a lease is longer where it is known that no strong peer takes over", () => {
  const pace = { version: 2, adverIntervalMs: 1000, downAdverts: 3 } as const;
  assert.ok(chooseLeaseS({ ...pace, strongestPeer: 1 }) > chooseLeaseS(pace));
  assert.equal(fastestTakeoverMs({ ...pace, strongestPeer: 1 }), 3000 + (255 * 1000) / 256);
});
