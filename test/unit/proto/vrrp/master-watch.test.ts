import assert from "node:assert/strict";
import { test } from "node:test";
import { NEVER } from "../../../../src/proto/machine.ts";
import { MasterWatch } from "../../../../src/proto/vrrp/master-watch.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

function waiting(): MasterWatch {
  const watch = new MasterWatch(vrrpConfig());
  watch.begin(0);
  assert.equal(watch.deadlineMs, 3609.375);
  return watch;
}

test("a punctual timer takes over at once", () => {
  assert.equal(waiting().expire(3609.375)?.kind, "advert-timeout");
});

test("a timer that is a little late has the socket looked into once", () => {
  const watch = waiting();
  assert.equal(watch.expire(3610), undefined);
  assert.ok(watch.deadlineMs > 3610 && watch.deadlineMs < 3610.01);
  assert.equal(watch.expire(3610.1)?.kind, "advert-timeout");
});

test("one that is late by more than half an interval has another one listened to, three times", () => {
  const watch = waiting();
  for (let grace = 0; grace < 3; grace += 1) {
    const nowMs = watch.deadlineMs + 501;
    assert.equal(watch.expire(nowMs), undefined);
    assert.equal(watch.deadlineMs, nowMs + 1609.375);
  }
  const lateMs = watch.deadlineMs + 501;
  assert.equal(watch.expire(lateMs), undefined, "looks");
  assert.equal(watch.expire(lateMs + 501)?.kind, "advert-timeout");
});

test("no wait begins before the end of the startup delay", () => {
  const watch = new MasterWatch(vrrpConfig({ startupDelayMs: 10_000 }));
  assert.equal(watch.reset(0), false);
  watch.begin(0);
  assert.equal(watch.deadlineMs, 13_609.375);
  watch.begin(11_000);
  assert.equal(watch.deadlineMs, 14_609.375);
});

test("of a group it is ready when its wait is over, and no longer once it follows a master", () => {
  const watch = new MasterWatch(vrrpConfig(), "grouped");
  watch.begin(0);
  assert.equal(watch.expire(watch.deadlineMs), undefined);
  assert.equal(watch.readiness?.kind, "advert-timeout");
  assert.equal(watch.deadlineMs, NEVER);
  const advert = { source: "10.0.0.9", adverIntervalMs: 1000, checksum: "pseudo-header" } as const;
  const more = { peerWinsTie: true, addressesDiffer: false };
  watch.hear({ kind: "advert-received", priority: 50, ...advert, ...more }, 5000);
  assert.equal(watch.readiness?.kind, "advert-timeout", "a weaker one changes nothing");
  watch.hear({ kind: "advert-received", priority: 200, ...advert, ...more }, 6000);
  assert.equal(watch.readiness, undefined);
  assert.equal(watch.deadlineMs, 9609.375);
});
