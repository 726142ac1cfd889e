/** When a MASTER sends its adverts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpConfig } from "../../../../src/proto/vrrp/config.ts";
import type { AdvertReceived } from "../../../../src/proto/vrrp/facts.ts";
import { Mastership } from "../../../../src/proto/vrrp/mastership.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

/** The times of its beats after the first advert. */
function beats(startMs: number, changes: Partial<VrrpConfig>): number[] {
  const mastership = new Mastership(vrrpConfig(changes));
  mastership.begin(startMs, "pseudo-header");
  return Array.from({ length: 3 }, () => {
    const { beatMs } = mastership;
    mastership.beat(beatMs, "pseudo-header");
    return beatMs;
  });
}

test("routers that began within one slot send together from their second advert on", () => {
  assert.deepEqual(beats(5012, {}), [6012, 7012, 8012]);
  for (const startMs of [5000, 5012, 5049.5]) {
    assert.deepEqual(beats(startMs, { beatSlotMs: 50 }), [6000, 7000, 8000], `${startMs}`);
  }
});

test("so they do after an answer to one that resigned, and with another interval", () => {
  const config = vrrpConfig({ beatSlotMs: 50 });
  const mastership = new Mastership(config);
  mastership.begin(5000, "pseudo-header");
  const resigned: AdvertReceived = {
    kind: "advert-received",
    source: "10.0.0.2",
    priority: 0,
    adverIntervalMs: 1000,
    checksum: "bare",
    peerWinsTie: true,
    addressesDiffer: false,
  };
  mastership.answer(resigned, 5678, "bare");
  assert.equal(mastership.beatMs, 6650);
  mastership.reconfigure({ ...config, priority: 7 }, 6333, "bare");
  assert.equal(mastership.beatMs, 7300);
});
