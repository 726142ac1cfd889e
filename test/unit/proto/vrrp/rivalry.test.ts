import assert from "node:assert/strict";
import { test } from "node:test";
import type { AdvertReceived } from "../../../../src/proto/vrrp/facts.ts";
import { Rivalry } from "../../../../src/proto/vrrp/rivalry.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const advert = (source = "10.0.0.1", adverIntervalMs = 1000): AdvertReceived => ({
  kind: "advert-received",
  source,
  priority: 255,
  adverIntervalMs,
  checksum: "pseudo-header",
  peerWinsTie: false,
  addressesDiffer: false,
});
const rivalry = () => new Rivalry(vrrpConfig({ priority: 255 }));

const isLost = (one: Rivalry, heard: AdvertReceived, nowMs: number): boolean =>
  one.judge(heard, nowMs) === "owner-stays";

test("a rival has two adverts of ours and 1.2 of the slower intervals to yield", () => {
  const same = rivalry();
  const heard = [0, 1000, 2000, 3000, 3200, 3201].map((nowMs) => isLost(same, advert(), nowMs));
  assert.deepEqual(heard, [false, false, false, false, false, true]);
  const slow = rivalry();
  const heardSlow = [0, 5000, 8000, 8001].map((nowMs) =>
    isLost(slow, advert("10.0.0.1", 5000), nowMs),
  );
  assert.deepEqual(heardSlow, [false, false, false, true]);
});

test("another rival, and one that was silent meanwhile, has all its time", () => {
  const lan = rivalry();
  isLost(lan, advert(), 0);
  assert.equal(isLost(lan, advert("10.0.0.2"), 3300), false);
  assert.equal(isLost(lan, advert("10.0.0.2"), 6301), false, "silent for 3001 ms");
  assert.equal(isLost(lan, advert("10.0.0.2"), 9000), false);
  assert.equal(isLost(lan, advert("10.0.0.2"), 9501), false);
  assert.equal(isLost(lan, advert("10.0.0.2"), 9502), true);
});
