/** An hour at the shortest interval, 10 ms, on hosts that are busy: in virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan } from "../support/lan.ts";
import { storm } from "../support/lan-adverts.ts";
import type { LanRouter } from "../support/lan-router.ts";

const HOUR_MS = 3_600_000;
const FAST = { version: 3, adverIntervalMs: 10, leaseS: 1 } as const;
/** Every timer is late by up to half an interval, every advert by up to as much. */
const BUSY = { lossPct: 0, duplicatePct: 0, delayMs: 0.1, jitterMs: 5, latenessMs: 5 };

test("in an hour at 10 ms nobody takes over from a master that is late, nor while its own loop stops", () => {
  const seed = 1;
  const lan = new Lan(seed, [
    { ...FAST, priority: 200 },
    { ...FAST, priority: 100 },
  ]);
  const [master, backup] = lan.routers as [LanRouter, LanRouter];
  lan.quality = BUSY;
  lan.start(master);
  lan.start(backup);
  lan.run(1000);
  assert.deepEqual(lan.holders, [master]);
  const { transitions } = lan;
  const sentBefore = master.machine.counters.advertsSent;
  for (const endMs = lan.nowMs + HOUR_MS; lan.nowMs < endMs; lan.run(1000)) {
    lan.at(lan.nowMs + lan.below(400), () => lan.stall(master, lan.below(10)));
    lan.at(lan.nowMs + lan.below(400), () => lan.stall(backup, lan.below(500)));
    if (lan.below(60) === 0) storm(lan, FAST, 1000, 5);
  }
  assert.equal(lan.transitions, transitions, `seed ${seed}`);
  assert.ok(master.machine.counters.advertsSent - sentBefore >= HOUR_MS / 15);
  assert.ok(backup.machine.counters.stalls > 1000, "the backup never stalled");
});
