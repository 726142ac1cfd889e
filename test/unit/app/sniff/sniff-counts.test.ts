import assert from "node:assert/strict";
import { test } from "node:test";
import { SniffCounts } from "../../../../src/app/sniff/sniff-counts.ts";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { carpFrame, claimFrame } from "../../../support/foreign.ts";
import { onEthernet } from "../../../support/link-frames.ts";
import { ODD_PACKETS } from "../../../support/odd-packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import {
  advertPacket,
  B,
  C,
  framePacket,
  Onlooker,
  type Said,
  START_MS,
} from "../../../support/sniffed.ts";

/** @param nowMs since START_MS */
function summaryOf(packets: readonly (Said | CapturePacket)[], nowMs = 0) {
  const [counts, onlooker] = [new SniffCounts(), new Onlooker()];
  for (const one of packets) {
    const sighting = onlooker.see("bytes" in one ? one : advertPacket(one));
    if (sighting !== undefined) counts.note(sighting);
  }
  onlooker.tick(nowMs);
  return counts.summary([...onlooker.observer.routers], START_MS + nowMs, null);
}

test("nothing was seen", () => {
  assert.deepEqual(summaryOf([]), {
    packets: 0,
    adverts: 0,
    announcements: 0,
    carp: 0,
    senders: 0,
    vrids: 0,
    masters: 0,
    takeovers: 0,
    splits: 0,
    missed: 0,
    longest_gap_ms: 0,
    rejected: {},
    warnings: {},
    kernel_drops: null,
  });
});

test("packets are counted by what they are", () => {
  const broken = packetOf(onEthernet(ODD_PACKETS["7 bytes"] as Uint8Array), 1);
  const claim = framePacket(claimFrame("10.0.0.100", "02:00:00:00:00:02"));
  const summary = summaryOf([{}, claim, broken, framePacket(carpFrame("10.0.0.9", 7))]);
  const { packets, adverts, announcements, carp, rejected } = summary;
  assert.deepEqual([packets, adverts, announcements, carp], [4, 1, 1, 1]);
  assert.deepEqual(rejected, { short: 1 });
});

test("senders are counted once, whoever believes them", () => {
  const all: Said[] = [
    {},
    {},
    { vrid: 52 },
    { source: B, ttl: 1 },
    { source: B, ttl: 1 },
    { source: C, ttl: 1 },
  ];
  const { senders, vrids, masters, rejected } = summaryOf(all);
  assert.deepEqual([senders, vrids, masters, rejected], [3, 2, 2, { "ttl-not-255": 3 }]);
});

test("what became of the masters", () => {
  const all: Said[] = [
    {},
    { atMs: 3000 }, // two are missing
    { source: B, priority: 90, atMs: 3100 },
    { atMs: 4000 },
    { source: C, priority: 200, atMs: 4500 },
  ];
  const { takeovers, splits, missed, longest_gap_ms, masters } = summaryOf(all, 5000);
  assert.deepEqual([takeovers, splits, missed, masters], [1, 1, 2, 1]);
  assert.equal(longest_gap_ms, 3000);
  assert.equal(summaryOf([{}], 3500).longest_gap_ms, 3500);
});
