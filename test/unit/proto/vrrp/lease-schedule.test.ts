import assert from "node:assert/strict";
import { test } from "node:test";
import { NEVER } from "../../../../src/proto/machine.ts";
import { LeaseSchedule } from "../../../../src/proto/vrrp/lease-schedule.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const RENEWAL = [{ kind: "hold-addresses", held: true }];

function started(changes: Parameters<typeof vrrpConfig>[0]): LeaseSchedule {
  const schedule = new LeaseSchedule(vrrpConfig(changes));
  schedule.start(0);
  return schedule;
}

test("each advert renews the lease, those of a fast beat only now and then", () => {
  const slow = started({ leaseS: 2 });
  assert.deepEqual([slow.followAdvert(1000), slow.followAdvert(2000)], [RENEWAL, RENEWAL]);
  const fast = started({ leaseS: 1, adverIntervalMs: 10 });
  const renewals = Array.from({ length: 100 }, (_, i) => fast.followAdvert((i + 1) * 10)).flat();
  assert.equal(renewals.length, 3, "of 100 adverts in a second");
});

test("a hand-over renews at once and twice a lease, until it ends", () => {
  const schedule = started({ leaseS: 1 });
  assert.equal(schedule.deadlineMs, NEVER);
  assert.deepEqual(schedule.handOver(100), RENEWAL);
  assert.equal(schedule.deadlineMs, 600);
  assert.deepEqual([schedule.runTimers(599), schedule.runTimers(601)], [[], RENEWAL]);
  assert.equal(schedule.deadlineMs, 1101);
  schedule.stop();
  assert.equal(schedule.deadlineMs, NEVER);
});

test("it overslept when the lease is over and the strongest peer may have taken over, not before", () => {
  const schedule = started({ leaseS: 2 });
  schedule.followAdvert(1000);
  assert.equal(schedule.overslept(1000 + 3007), undefined, "nobody has taken over yet");
  assert.deepEqual(schedule.overslept(6000), {
    kind: "overslept",
    silentMs: 5000,
    limitMs: 3007.8125,
  });
  assert.equal(started({ leaseS: 1, adverIntervalMs: 10 }).overslept(999), undefined);
});

test("without a lease nothing is renewed or given up", () => {
  const schedule = started({ leaseS: null });
  assert.deepEqual([schedule.followAdvert(1000), schedule.handOver(2000)], [[], []]);
  assert.deepEqual([schedule.deadlineMs, schedule.overslept(99_000)], [NEVER, undefined]);
});
