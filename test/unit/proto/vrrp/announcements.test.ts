import assert from "node:assert/strict";
import { test } from "node:test";
import { NEVER } from "../../../../src/proto/machine.ts";
import { AnnouncementSchedule } from "../../../../src/proto/vrrp/announcements.ts";
import type { VrrpConfig } from "../../../../src/proto/vrrp/config.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const schedule = (changes: Partial<VrrpConfig> = {}): AnnouncementSchedule =>
  new AnnouncementSchedule(vrrpConfig({ garpDelayMs: 5000, garpRefreshMs: 60_000, ...changes }));
const once = { kind: "announce", times: 1 };
const burst = { kind: "announce", times: 5 };

test("a burst at once, another after the delay, then a refresh that does not drift", () => {
  const it = schedule();
  assert.deepEqual(it.start(1000), burst);
  assert.equal(it.deadlineMs, 6000);
  assert.deepEqual(it.runTimers(5999), []);
  assert.deepEqual(it.runTimers(6000), [burst]);
  assert.equal(it.deadlineMs, 61_000);
  assert.deepEqual(it.runTimers(61_007), [once]);
  assert.equal(it.deadlineMs, 121_000);
});

test("without delay and refresh there is the first burst alone", () => {
  const it = schedule({ garpDelayMs: 0, garpRefreshMs: 0, garpRepeat: 2 });
  assert.deepEqual(it.start(0), { kind: "announce", times: 2 });
  assert.equal(it.deadlineMs, NEVER);
});

test("a repetition is followed by a burst, and bounded by the delay", () => {
  const it = schedule();
  it.start(0);
  it.runTimers(5000);
  assert.deepEqual(it.repeat(10_000), [once]);
  assert.equal(it.deadlineMs, 15_000);
  assert.deepEqual(it.repeat(14_999), []);
  assert.deepEqual(it.repeat(15_000), [once]);
});

test("repetitions are never closer than a second", () => {
  const it = schedule({ garpDelayMs: 0, garpRefreshMs: 0 });
  it.start(0);
  assert.deepEqual(it.repeat(0), [once]);
  assert.deepEqual(it.repeat(999), []);
  assert.deepEqual(it.repeat(1000), [once]);
});

test("a repetition does not put off the burst that is due already", () => {
  const it = schedule();
  it.start(0);
  it.repeat(4000);
  assert.equal(it.deadlineMs, 5000);
});

test("after a stop nothing is due, and a new start begins afresh", () => {
  const it = schedule();
  it.start(0);
  it.repeat(10);
  it.stop();
  assert.equal(it.deadlineMs, NEVER);
  it.start(20);
  assert.deepEqual(it.repeat(30), [once]);
});

test("a refresh has as many announcements as is said", () => {
  const it = schedule({ garpDelayMs: 0, garpRefreshRepeat: 3 });
  it.start(0);
  assert.deepEqual(it.runTimers(60_000), [{ kind: "announce", times: 3 }]);
});

test("what goes to switches alone has a time of its own, and ends with the rest", () => {
  const it = schedule({ garpDelayMs: 0, garpRefreshMs: 0, garpExtraMs: 9000 });
  it.start(0);
  assert.deepEqual(it.runTimers(9000), [{ kind: "announce", times: 1, extra: true }]);
  assert.equal(it.deadlineMs, 18_000);
  it.stop();
  assert.equal(it.deadlineMs, NEVER);
});

test("who was MASTER beside us is outdone as is said, or as after a loss", () => {
  const quiet = { garpDelayMs: 0, garpRefreshMs: 0 };
  assert.deepEqual(schedule(quiet).outdo(0), [once]);
  const it = schedule({ ...quiet, garpLower: { repeat: 2, delayMs: 3000 } });
  assert.deepEqual(it.outdo(0), [{ kind: "announce", times: 2 }]);
  assert.deepEqual(it.outdo(2999), []);
  assert.deepEqual(it.runTimers(3000), [{ kind: "announce", times: 2 }]);
  assert.deepEqual(schedule({ ...quiet, garpLower: { repeat: 0, delayMs: 3000 } }).outdo(0), []);
});
