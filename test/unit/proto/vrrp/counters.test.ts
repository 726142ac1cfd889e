import assert from "node:assert/strict";
import { test } from "node:test";
import type { AdvertReceived, VrrpFact } from "../../../../src/proto/vrrp/facts.ts";
import { VrrpMachine } from "../../../../src/proto/vrrp/machine.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const advert = (priority: number, addressesDiffer = false): AdvertReceived => ({
  kind: "advert-received",
  source: "10.0.0.9",
  priority,
  adverIntervalMs: 1000,
  checksum: "pseudo-header",
  peerWinsTie: false,
  addressesDiffer,
});
const rejected = (reason: string): VrrpFact => ({
  kind: "advert-rejected",
  source: "10.0.0.9",
  reason,
});

test("what went in and came out is counted, rejections by their reason", () => {
  const machine = new VrrpMachine(vrrpConfig({ priority: 100 }));
  machine.handle({ kind: "started" }, 0);
  machine.handle(advert(90, true), 100);
  machine.handle({ kind: "timer-expired" }, 3609.375);
  machine.handle({ kind: "addresses-taken", addresses: ["10.0.0.100"] }, 3700);
  machine.handle(advert(0), 4000); // answered
  machine.handle(rejected("bad-checksum"), 4100);
  machine.handle(rejected("ttl-not-255"), 4200);
  machine.handle(rejected("bad-checksum"), 4300);
  machine.handle(advert(200), 5600); // we are late for our own
  assert.deepEqual(machine.counters, {
    advertsSent: 2,
    advertsReceived: 3,
    advertsRejected: { "bad-checksum": 2, "ttl-not-255": 1 },
    addressListsDiffering: 1,
    priorityZeroSent: 0,
    priorityZeroReceived: 1,
    becameMaster: 1,
    releasedMaster: 1,
    addressesRestored: 1,
    announcementsSent: 6,
    stalls: 1,
  });
});

test("a resignation counts as an advert, and its hand-over as one release", () => {
  const machine = new VrrpMachine(vrrpConfig({ priority: 255 }));
  machine.handle({ kind: "started" }, 0);
  machine.handle({ kind: "stopped" }, 10);
  machine.handle(advert(90), 20);
  const { advertsSent, priorityZeroSent, becameMaster, releasedMaster } = machine.counters;
  assert.deepEqual([advertsSent, priorityZeroSent, becameMaster, releasedMaster], [2, 1, 1, 1]);
});
